import { defineConfig } from "vite";
import { mockBroker } from "./mock_broker.js";

export default defineConfig({ plugins: [mockBroker()] });
