/** Node's zlib, loaded when it is wanted: that takes 1.3 ms, which every start would pay. */
export const nodeZlib = (): typeof import('node:zlib') => process.getBuiltinModule('node:zlib');
