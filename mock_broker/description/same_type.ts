/**
 * Holds interfaces that people read to the schemas that check values, when the code is compiled.
 *
 * @module
 */

/** Compiles only for `true`. */
export type Expect<Holds extends true> = Holds;

/** Whether two types take the same values, member by member; whether they are read-only does not matter. */
export type SameType<A, B> = IsBoth<Writable<A>, Writable<B>> extends true
  ? IsBoth<Complete<Writable<A>>, Complete<Writable<B>>>
  : false;

type IsBoth<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

type Simple = Date | RegExp | string | number | boolean | null | undefined;

type Writable<T> = T extends Simple ? T : { -readonly [Key in keyof T]: Writable<T[Key]> };

/** With all members required: two types may take the same values although one knows fewer names. */
type Complete<T> = T extends Simple ? T : { [Key in keyof T]-?: Complete<T[Key]> };
