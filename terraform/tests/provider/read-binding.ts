import type { Attribute, Block, CtyType, NestedBlock, Nesting } from './schema.ts';

/**
 * Reads a type's schema out of its generated binding (`@cdktn/provider-aws/lib/<type>/index.js`), which is made from
 * the provider's own schema and repeats it: each property has a comment
 * `// <name> - computed: …, optional: …, required: …`, and what is written into configuration says whether it is a
 * block and how it nests.
 *
 * @throws Error when the text has no such class or a property that this reader does not know
 */
export function readBinding(source: string): Block {
  const classes = classesOf(source);
  const main = [...classes.values()].find(({ base }) =>
    /^Terraform(Resource|DataSource|Provider)$/.test(base),
  );
  if (main === undefined) throw new Error('the binding has no resource, data source or provider');
  return blockOf(main, { classes, source });
}

interface Binding {
  readonly name: string;
  readonly base: string;
  readonly text: string;
}

interface Context {
  readonly classes: ReadonlyMap<string, Binding>;
  readonly source: string;
}

interface Property {
  readonly name: string;
  readonly computed: boolean;
  readonly optional: boolean;
  readonly required: boolean;
  readonly text: string;
}

/** How a property is written into configuration; a property that is only read has no such entry. */
interface Written {
  readonly isBlock: boolean;
  readonly kind: string;
  readonly storage: string;
}

function classesOf(source: string): Map<string, Binding> {
  const classes = new Map<string, Binding>();
  for (const [, name, base, text] of source.matchAll(/^class (\w+) extends cdktn\.(\w+) \{\n([\s\S]*?)^\}/gm))
    if (name !== undefined && base !== undefined && text !== undefined)
      classes.set(name, { name, base, text });
  return classes;
}

function blockOf(binding: Binding, context: Context): Block {
  const attributes: Record<string, Attribute> = {};
  const blocks: Record<string, NestedBlock> = {};
  const written = writtenOf(binding, context);
  for (const property of propertiesOf(binding)) {
    const how = written.get(property.name);
    const nested = nestedOf(property, context) ?? writtenOnly(how, context);
    if (nested !== undefined && how?.isBlock === true)
      blocks[property.name] = nestedBlock(property, nested, how);
    else attributes[property.name] = attributeOf(property, how, nested);
  }
  return { attributes, blocks };
}

/** The provider's own blocks (`default_tags` …) have no class, only the function that writes them. */
function writtenOnly(how: Written | undefined, { source }: Context): Nested | undefined {
  if (how === undefined || scalarStorage.test(how.storage)) return undefined;
  const entries = [...functionOf(source, how.storage.replace(/List$/, '')).matchAll(writtenPattern)];
  const attributes = entries.map(([, name = '', , , kind = '', storage = '']): [string, Attribute] => {
    const property = { name, computed: false, optional: true, required: false, text: '' };
    return [name, attributeOf(property, { isBlock: false, kind, storage }, undefined)];
  });
  return { block: { attributes: Object.fromEntries(attributes), blocks: {} }, wrap: 'list' };
}

const propertyPattern =
  /\/\/ (\w+) - computed: (true|false), optional: (true|false), required: (true|false)\n([\s\S]*?)(?=\n {4}\/\/ \w+ - computed|\n {4}\/\/ =====|$(?![\s\S]))/g;

const propertiesOf = ({ text }: Binding): Property[] =>
  [...text.matchAll(propertyPattern)].map(([, name = '', computed, optional, required, body = '']) => ({
    name,
    computed: computed === 'true',
    optional: optional === 'true',
    required: required === 'true',
    text: body,
  }));

const writtenPattern =
  /^ +(\w+): \{\n +value: (.*),\n +isBlock: (true|false),\n +type: "(\w+)",\n +storageClassType: "(\w+)"/gm;

function writtenOf({ name, base, text }: Binding, { source }: Context): Map<string, Written> {
  const body = base === 'ComplexObject' ? functionOf(source, name.replace(/OutputReference$/, '')) : text;
  const entries = [...body.matchAll(writtenPattern)].map(
    ([, property = '', value = '', isBlock, kind = '', storage = '']): [string, Written] => [
      property,
      // the mapper of lists is told apart: its second argument says whether the list is written as blocks
      { isBlock: isBlock === 'true' && !/^cdktn\.listMapperHcl\(.*, false\)/.test(value), kind, storage },
    ],
  );
  return new Map(entries);
}

/** The text of the function that writes one nested object; empty for an object that is only read. */
function functionOf(source: string, structure: string): string {
  const name = `${structure.charAt(0).toLowerCase()}${structure.slice(1)}ToHclTerraform`;
  const start = source.indexOf(`function ${name}(`);
  return start < 0 ? '' : source.slice(start, source.indexOf('\n}\n', start));
}

interface Nested {
  readonly block: Block;
  readonly wrap: 'none' | 'list' | 'set' | 'map';
}

function nestedOf({ text }: Property, context: Context): Nested | undefined {
  const [, name, wrapsSet] = /new (\w+)\(this, "\w+"(?:, (true|false))?\)/.exec(text) ?? [];
  if (name === undefined) return undefined;
  const binding = context.classes.get(name.replace(/(List|Map)$/, 'OutputReference'));
  if (binding === undefined) return undefined;
  const block = blockOf(binding, context);
  if (name.endsWith('OutputReference')) return { block, wrap: 'none' };
  if (name.endsWith('Map')) return { block, wrap: 'map' };
  return { block, wrap: wrapsSet === 'true' ? 'set' : 'list' };
}

function nestedBlock({ required }: Property, { block, wrap }: Nested, { kind }: Written): NestedBlock {
  const nesting: Nesting = kind === 'struct' ? 'single' : kind === 'set' ? 'set' : 'list';
  const maxItems = nesting !== 'single' && wrap === 'none' ? 1 : 0;
  return { nesting, minItems: required && nesting !== 'single' ? 1 : 0, maxItems, block };
}

function attributeOf(property: Property, how: Written | undefined, nested: Nested | undefined): Attribute {
  const { name, required, optional, computed } = property;
  const type = nested === undefined ? plainType(property, how) : objectType(nested);
  return { type, required, optional, computed, writeOnly: name.endsWith('_wo') };
}

function objectType({ block, wrap }: Nested): CtyType {
  const own = Object.entries(block.attributes).map(([name, { type }]): [string, CtyType] => [name, type]);
  const inner = Object.entries(block.blocks).map(([name, { block: child, nesting }]): [string, CtyType] => [
    name,
    objectType({ block: child, wrap: nesting === 'single' ? 'none' : nesting }),
  ]);
  const object: CtyType = ['object', Object.fromEntries([...own, ...inner])];
  return wrap === 'none' ? object : [wrap, object];
}

const scalarStorage = /^(string|number|boolean)(List|Map)?$/;
const scalars: Readonly<Record<string, CtyType>> = { string: 'string', number: 'number', boolean: 'bool' };

function plainType(property: Property, how: Written | undefined): CtyType {
  const [, scalar, shape] = scalarStorage.exec(how?.storage ?? '') ?? [];
  if (scalar !== undefined) {
    const type = scalars[scalar] ?? 'string';
    if (shape === undefined) return type;
    return [shape === 'Map' ? 'map' : how?.kind === 'set' ? 'set' : 'list', type];
  }
  return readType(property);
}

/** The type of what is only read, from the method that reads it. */
function readType({ name, text }: Property): CtyType {
  const [, map] = /new cdktn\.(String|Number|Boolean)Map\(/.exec(text) ?? [];
  if (map !== undefined) return ['map', scalars[map.toLowerCase()] ?? 'string'];
  const [, kind, shape] = /this\.get(String|Number|Boolean|Any)?(List|Map)?Attribute\(/.exec(text) ?? [];
  const type = scalars[kind?.toLowerCase() ?? 'string'] ?? 'string';
  if (shape === 'Map') return ['map', type];
  if (shape === 'List') return [text.includes('tolist(') ? 'set' : 'list', type];
  if (kind !== undefined || text.includes('interpolationForAttribute')) return type;
  throw new Error(`the binding's property ${name} is of a kind that is not known`);
}
