/** The version of the command, which is that of all packages; a check holds them together. */
export const VERSION = "0.1.0";
