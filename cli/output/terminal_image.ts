/**
 * Pictures in terminals that can show them, by the protocols of iTerm2 and of kitty.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import process from "node:process";
import { isTerminal } from "./terminal.ts";

/** The kitty protocol takes data in pieces of so many characters. */
const PIECE = 4_096;

/** Whether the terminal says that it is one that shows pictures. */
export function canShowImages(): boolean {
  return isTerminal() && (isKitty() || isITerm());
}

/** Shows a PNG at the cursor. */
export function showImage(bytes: Uint8Array): void {
  const data = Buffer.from(bytes).toString("base64");
  process.stdout.write(isKitty() ? kitty(data) : iTerm(data, bytes.byteLength));
  process.stdout.write("\n");
}

function isKitty(): boolean {
  const { TERM = "", TERM_PROGRAM = "" } = process.env;
  return /kitty|ghostty/.test(TERM) || TERM_PROGRAM === "ghostty";
}

function isITerm(): boolean {
  return ["iTerm.app", "WezTerm"].includes(process.env.TERM_PROGRAM ?? "");
}

function iTerm(data: string, size: number): string {
  return `\x1b]1337;File=inline=1;size=${size}:${data}\x07`;
}

/** `m=1` says that more pieces follow. */
function kitty(data: string): string {
  const pieces = data.match(new RegExp(`.{1,${PIECE}}`, "g")) ?? [];
  return pieces.map((piece, index) => {
    const more = index < pieces.length - 1 ? 1 : 0;
    return `\x1b_G${index === 0 ? "a=T,f=100," : ""}m=${more};${piece}\x1b\\`;
  }).join("");
}
