/** A mistake that somebody could make: in one file, some text becomes another. */
export interface Mistake {
  readonly what: string;
  /** Below `terraform` */
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
  /** What the checks have to say, so that it is found for what it is. */
  readonly says: RegExp;
}

/** At the end of a file. */
export const END = /$(?![\s\S])/;

/** A block of a file from its first line to its closing brace; `depth` is how far it is indented. */
export const block = (firstLine: string, depth = 0): RegExp => {
  const indent = ' '.repeat(depth);
  const escaped = firstLine.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(String.raw`^${indent}${escaped} \{\n[\s\S]*?^${indent}\}\n`, 'm');
};

export const mistake = (
  what: string,
  file: string,
  from: string | RegExp,
  to: string,
  says: RegExp,
): Mistake => ({
  what,
  file,
  from,
  to,
  says,
});
