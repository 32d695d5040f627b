/** Interned names that TypeScript code looks up, as constants of the isolate. */
import { intern } from './strings.js';

const dunder = (s: string): number => intern(`__${s}__`);

export const N_INIT = dunder('init');
export const N_NEW = dunder('new');
export const N_CALL = dunder('call');
export const N_REPR = dunder('repr');
export const N_STR = dunder('str');
export const N_BYTES = dunder('bytes');
export const N_FORMAT = dunder('format');
export const N_HASH = dunder('hash');
export const N_BOOL = dunder('bool');
export const N_LEN = dunder('len');
export const N_LENGTH_HINT = dunder('length_hint');
export const N_ITER = dunder('iter');
export const N_NEXT = dunder('next');
export const N_REVERSED = dunder('reversed');
export const N_GETITEM = dunder('getitem');
export const N_SETITEM = dunder('setitem');
export const N_DELITEM = dunder('delitem');
export const N_MISSING = dunder('missing');
export const N_CONTAINS = dunder('contains');
export const N_GETATTR = dunder('getattr');
export const N_GETATTRIBUTE = dunder('getattribute');
export const N_SETATTR = dunder('setattr');
export const N_DELATTR = dunder('delattr');
export const N_GET = dunder('get');
export const N_SET = dunder('set');
export const N_DELETE = dunder('delete');
export const N_SET_NAME = dunder('set_name');
export const N_INIT_SUBCLASS = dunder('init_subclass');
export const N_CLASS_GETITEM = dunder('class_getitem');
export const N_MRO_ENTRIES = dunder('mro_entries');
export const N_PREPARE = dunder('prepare');
export const N_INSTANCECHECK = dunder('instancecheck');
export const N_SUBCLASSCHECK = dunder('subclasscheck');
export const N_CLASS = dunder('class');
export const N_CLASSCELL = dunder('classcell');
export const N_CLASSDICTCELL = dunder('classdictcell');
export const N_DICT = dunder('dict');
export const N_WEAKREF = dunder('weakref');
export const N_SLOTS = dunder('slots');
export const N_STATIC_ATTRIBUTES = dunder('static_attributes');
export const N_NAME = dunder('name');
export const N_QUALNAME = dunder('qualname');
export const N_MODULE = dunder('module');
export const N_DOC = dunder('doc');
export const N_EQ = dunder('eq');
export const N_NEG = dunder('neg');
export const N_POS = dunder('pos');
export const N_INVERT = dunder('invert');
export const N_ABS = dunder('abs');
export const N_INT = dunder('int');
export const N_FLOAT = dunder('float');
export const N_COMPLEX = dunder('complex');
export const N_INDEX = dunder('index');
export const N_ENTER = dunder('enter');
export const N_EXIT = dunder('exit');
export const N_AENTER = dunder('aenter');
export const N_AEXIT = dunder('aexit');
export const N_AWAIT = dunder('await');
export const N_AITER = dunder('aiter');
export const N_ANEXT = dunder('anext');
export const N_DEL = dunder('del');
export const N_DIR = dunder('dir');
export const N_BUILTINS = dunder('builtins');
export const N_FILE = dunder('file');
export const N_PATH = dunder('path');
export const N_SPEC = dunder('spec');
export const N_LOADER = dunder('loader');
export const N_PACKAGE = dunder('package');
export const N_ALL = dunder('all');
export const N_MAIN = dunder('main');
export const N_IMPORT = dunder('import');
export const N_BUILD_CLASS = dunder('build_class');
export const N_ANNOTATIONS = dunder('annotations');
export const N_ANNOTATE = dunder('annotate');
export const N_MATCH_ARGS = dunder('match_args');
export const N_TYPE_PARAMS = dunder('type_params');
export const N_FUNC_NAMES = {
  keys: intern('keys'),
  send: intern('send'),
  throw: intern('throw'),
  close: intern('close'),
  join: intern('join'),
};
