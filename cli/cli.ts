#!/usr/bin/env -S deno run -A
/**
 * `dcvkit`: for people who run an Amazon DCV Session Manager broker.
 *
 * @module
 */

import process from "node:process";
import { main } from "./main.ts";

process.exitCode = await main(process.argv.slice(2));
