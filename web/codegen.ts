import type { CodegenConfig } from '@graphql-codegen/cli';

// Types of what is asked and answered, from the schema that the API's own test keeps true.
export default {
  schema: '../functions/api/schema.graphql',
  documents: ['src/**/*.graphql'],
  generates: {
    'src/api/generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        documentMode: 'string',
        useTypeImports: true,
        enumsAsTypes: true,
        skipTypename: true,
        strictScalars: true,
        scalars: { BigDecimal: 'number', BigInteger: 'number', DateTime: 'string' },
      },
    },
  },
} satisfies CodegenConfig;
