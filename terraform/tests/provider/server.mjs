#!/usr/bin/env node
/**
 * Stands for the AWS provider where no registry can be reached: Terraform starts it as it starts the real one and
 * asks it, by plugin protocol 5, for schemas, validation and plans. It knows the real provider's schema (the file that
 * TERRAFORM_STAND_IN_SCHEMA names) and nothing of AWS: it can neither apply nor read what exists.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadPackageDefinition, Server, ServerCredentials } from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import { decode, encode, ExtData, ExtensionCodec } from '@msgpack/msgpack';
import { dataSource, plannedResource } from './planned.ts';

/** @type {import('./schema.ts').ProviderSchema} */
const schema = JSON.parse(readFileSync(process.env.TERRAFORM_STAND_IN_SCHEMA ?? '', 'utf8'));

/** How Terraform writes "known after apply". */
const UNKNOWN = new ExtData(0, new Uint8Array(1));
const extensionCodec = new ExtensionCodec();
for (const type of [0, 12]) extensionCodec.register({ type, encode: () => null, decode: () => UNKNOWN });

const read = (value) => decode(value.msgpack, { extensionCodec });
const write = (value) => ({ msgpack: encode(value, { extensionCodec }) });

const blockMessage = ({ attributes, blocks }) => ({
  attributes: Object.entries(attributes).map(([name, { type, ...rest }]) => ({
    name,
    type: Buffer.from(JSON.stringify(type)),
    required: rest.required,
    optional: rest.optional,
    computed: rest.computed,
    write_only: rest.writeOnly,
  })),
  block_types: Object.entries(blocks).map(([name, { nesting, minItems, maxItems, block }]) => ({
    type_name: name,
    nesting: nesting.toUpperCase(),
    min_items: minItems,
    max_items: maxItems,
    block: blockMessage(block),
  })),
});
const schemaMessage = (block) => ({ version: 0, block: blockMessage(block) });
const schemaMessages = (blocks) =>
  Object.fromEntries(Object.entries(blocks).map(([name, block]) => [name, schemaMessage(block)]));

let defaultTags = {};
const nothingExists = process.env.TERRAFORM_STAND_IN_NOTHING_EXISTS === '1';

/** Each call's answer from its request. */
const provider = {
  GetSchema: () => ({
    provider: schemaMessage(schema.provider),
    resource_schemas: schemaMessages(schema.resources),
    data_source_schemas: schemaMessages(schema.dataSources),
  }),
  PrepareProviderConfig: ({ config }) => ({ prepared_config: config }),
  ValidateResourceTypeConfig: () => ({}),
  ValidateDataSourceConfig: () => ({}),
  Configure({ config }) {
    defaultTags = read(config).default_tags?.[0]?.tags ?? {};
    return {};
  },
  UpgradeResourceState: ({ raw_state }) => ({ upgraded_state: write(JSON.parse(String(raw_state.json))) }),
  PlanResourceChange({ type_name: type, proposed_new_state: proposed }) {
    const values = read(proposed);
    if (values === null) return { planned_state: proposed };
    const block = schema.resources[type];
    const planned = plannedResource(values, { type, block, defaultTags, unknown: UNKNOWN, nothingExists });
    return { planned_state: write(planned), legacy_type_system: true };
  },
  ReadDataSource: ({ type_name: type, config }) => ({
    state: write(dataSource(read(config), type, schema.dataSources[type])),
  }),
  Stop: () => ({}),
};

const unary = (methods) =>
  Object.fromEntries(
    Object.entries(methods).map(([name, answer]) => [
      name,
      ({ request }, reply) => {
        try {
          reply(null, answer(request));
        } catch (error) {
          reply({ code: 13, details: `stand-in of the provider, ${name}: ${error.stack}` });
        }
      },
    ]),
  );

const protocol = (file) =>
  loadPackageDefinition(
    loadSync(fileURLToPath(new URL(file, import.meta.url)), { keepCase: true, longs: Number, enums: String }),
  );

/** Whoever started it may be killed; nobody would end it then. */
const starter = process.ppid;
setInterval(() => {
  if (process.ppid !== starter) process.exit(0);
}, 1000).unref();

const server = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
server.addService(protocol('tfplugin5.proto').tfplugin5.Provider.service, unary(provider));
server.addService(protocol('controller.proto').plugin.GRPCController.service, {
  Shutdown(_, reply) {
    reply(null, {});
    setImmediate(() => process.exit(0));
  },
});
server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.stdout.write(`1|5|tcp|127.0.0.1:${port}|grpc|\n`);
});
