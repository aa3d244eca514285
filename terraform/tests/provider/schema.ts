/** A type in Terraform's JSON notation: `"string"`, `["list", "string"]`, `["object", { name: "string" }]`. */
export type CtyType =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | readonly ['list' | 'set' | 'map', CtyType]
  | readonly ['object', Readonly<Record<string, CtyType>>];

export interface Attribute {
  readonly type: CtyType;
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  readonly writeOnly: boolean;
}

export type Nesting = 'single' | 'list' | 'set';

export interface NestedBlock {
  readonly nesting: Nesting;
  readonly minItems: number;
  /** 0 is any number. */
  readonly maxItems: number;
  readonly block: Block;
}

export interface Block {
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly blocks: Readonly<Record<string, NestedBlock>>;
}

/** What the stand-in of the provider knows: the provider's own settings and each type that the code uses. */
export interface ProviderSchema {
  readonly provider: Block;
  readonly resources: Readonly<Record<string, Block>>;
  readonly dataSources: Readonly<Record<string, Block>>;
}
