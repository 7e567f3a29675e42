/** Runs this same Deno on a command line, with the terminal passed through, and gives its exit code. */
export async function runDeno(args: string[], options: { cwd?: string } = {}): Promise<number> {
  const child = new Deno.Command(Deno.execPath(), { args, ...options, stdin: "null" }).spawn();
  return (await child.status).code;
}
