/**
 * VitePress's own theme, in the colours of the mock broker's page.
 *
 * @module
 */

import DefaultTheme from "vitepress/theme";
import "./style.css";

export default DefaultTheme;
