/** `_types`: the built-in types that have no other name (https://docs.python.org/3.14/library/types.html). */
import { defineModule, defineType } from '../objects/define.js';
import { raise } from '../objects/exceptions.js';
import * as T from '../objects/type-ids.js';

const T_CAPSULE = T.T_BLOCK_ACCELERATORS + 2;

defineType({
  id: T_CAPSULE,
  name: 'PyCapsule',
  final: true,
  slots: { create: () => raise('TypeError', "cannot create 'PyCapsule' instances") },
});

const TYPES: Readonly<Record<string, number>> = {
  AsyncGeneratorType: T.T_ASYNC_GENERATOR,
  BuiltinFunctionType: T.T_NATIVE,
  BuiltinMethodType: T.T_NATIVE,
  CapsuleType: T_CAPSULE,
  CellType: T.T_CELL,
  ClassMethodDescriptorType: T.T_CLASSMETHOD_DESCRIPTOR,
  CodeType: T.T_CODE,
  CoroutineType: T.T_COROUTINE,
  EllipsisType: T.T_ELLIPSIS,
  FrameType: T.T_FRAME,
  FunctionType: T.T_FUNCTION,
  GeneratorType: T.T_GENERATOR,
  GenericAlias: T.T_ALIAS,
  GetSetDescriptorType: T.T_GETSET,
  LambdaType: T.T_FUNCTION,
  MappingProxyType: T.T_MAPPINGPROXY,
  MemberDescriptorType: T.T_MEMBER,
  MethodDescriptorType: T.T_METHOD_DESCRIPTOR,
  MethodType: T.T_METHOD,
  MethodWrapperType: T.T_METHOD_WRAPPER,
  ModuleType: T.T_MODULE,
  NoneType: T.T_NONE,
  NotImplementedType: T.T_NOT_IMPLEMENTED,
  SimpleNamespace: T.T_SIMPLE_NAMESPACE,
  TracebackType: T.T_TRACEBACK,
  UnionType: T.T_UNION,
  WrapperDescriptorType: T.T_WRAPPER_DESCRIPTOR,
};

defineModule({
  name: '_types',
  doc: 'Define names for built-in types.',
  attributes: () => Object.fromEntries(Object.entries(TYPES).map(([name, id]) => [name, T.typeHandle(id)])),
});
