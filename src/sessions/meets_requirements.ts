/**
 * Whether a server meets a requirement expression, as far as what the broker shows of it tells.
 *
 * @module
 */

import type { Server } from "../types.ts";

/** A term of an expression in four groups, a bracket, a word between terms, or what is none of these. */
const TOKENS =
  /\s*(?:(tag|server):([\w.:-]+?)\s*(!=|:=|>=|<=|=|>|<)\s*('(?:[^']|'')*'|[-+\w.]+)|([()])|(and|or|not)\b|(\S))/gi;

type Term = (server: Server) => boolean;

/** An expression as a function; `undefined` if it is none that this reads. */
export function requirementsOf(expression: string): Term | undefined {
  const tokens = [...expression.matchAll(TOKENS)];
  let next = 0;
  const take = (word: string) => tokens[next]?.[0].trim().toLowerCase() === word && ++next > 0;

  function either(): Term {
    const operands = [both()];
    while (take("or")) operands.push(both());
    return (server) => operands.some((holds) => holds(server));
  }
  function both(): Term {
    const operands = [single()];
    while (take("and")) operands.push(single());
    return (server) => operands.every((holds) => holds(server));
  }
  function single(): Term {
    if (take("not")) {
      const operand = single();
      return (server) => !operand(server);
    }
    if (take("(")) {
      const inner = either();
      if (!take(")")) throw new SyntaxError("A bracket is not closed");
      return inner;
    }
    const [, kind, key, operator, literal] = tokens[next++] ?? [];
    if (!kind || !key || !operator || !literal) throw new SyntaxError("A term is missing");
    return comparison(kind.toLowerCase() === "tag" ? tagOf(key) : propertyOf(key), operator, literal);
  }

  if (tokens.length === 0) return () => true;
  try {
    const whole = either();
    return next === tokens.length ? whole : undefined;
  } catch {
    return undefined;
  }
}

function comparison(read: (server: Server) => unknown, operator: string, literal: string): Term {
  const isText = literal.startsWith("'");
  const wanted = isText ? literal.slice(1, -1).replaceAll("''", "'") : Number(literal);
  return (server) => {
    const present = read(server);
    if (present === undefined || present === null) return operator === "!=";
    const found = isText ? String(present) : Number(present);
    if (operator === "=") return found === wanted;
    if (operator === "!=") return found !== wanted;
    if (operator === ":=") return String(present).includes(String(wanted));
    if (operator.startsWith(">")) return found > wanted || operator === ">=" && found === wanted;
    return found < wanted || operator === "<=" && found === wanted;
  };
}

function tagOf(key: string): (server: Server) => unknown {
  return ({ Tags }) => Tags?.find((tag) => tag?.Key === key)?.Value;
}

/** Expressions say `Ec2` where answers say `EC2`. */
function propertyOf(path: string): (server: Server) => unknown {
  const names = path.split(".").map((name) => name.replace(/^Ec2/, "EC2"));
  return (server) => names.reduce<unknown>((value, name) => Object(value)[name], server);
}
