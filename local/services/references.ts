/**
 * Fills in the `${references}` of a text, as Terraform's `templatefile` does: `$${…}` is a literal `${…}`. Throws for a
 * reference without a value, naming `place`.
 */
export function fillReferences(
  text: string,
  references: Readonly<Record<string, string>>,
  place: string,
): string {
  return text.replaceAll(/(\$?)\$\{([^}]*)\}/g, (_, escape: string, name: string) => {
    if (escape === '$') return `\${${name}}`;
    const value = references[name];
    if (value === undefined)
      throw new Error(`${place} uses \${${name}}, which has no local value (local/services/names.ts).`);
    return value;
  });
}
