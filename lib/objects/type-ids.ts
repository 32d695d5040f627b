/**
 * Ids of the built-in types. The TYPE object of id n lies at TYPES_BASE + n * TYPE_BYTES, the same in every process: a class check
 * against a built-in type is a compare with a constant. Ids below 60 are the kinds of the layout declaration.
 */
import * as L from '../heap/layout.generated.js';

export const T_STR = L.KIND_STR;
export const T_BYTES = L.KIND_BYTES;
export const T_BYTEARRAY = L.KIND_BYTEARRAY;
export const T_TUPLE = L.KIND_TUPLE;
export const T_LIST = L.KIND_LIST;
export const T_DICT = L.KIND_DICT;
export const T_SET = L.KIND_SET;
export const T_FROZENSET = L.KIND_FROZENSET;
export const T_TYPE = L.KIND_TYPE;
export const T_FUNCTION = L.KIND_FUNCTION;
export const T_NATIVE = L.KIND_NATIVE; // builtin_function_or_method
export const T_METHOD = L.KIND_METHOD;
export const T_CODE = L.KIND_CODE;
export const T_CELL = L.KIND_CELL;
export const T_MODULE = L.KIND_MODULE;
export const T_GENERATOR = L.KIND_GENERATOR;
export const T_RANGE = L.KIND_RANGE;
export const T_SLICE = L.KIND_SLICE;
export const T_TRACEBACK = L.KIND_TRACEBACK;
export const T_FRAME = L.KIND_FRAME;
export const T_PROPERTY = L.KIND_PROPERTY;
export const T_STATICMETHOD = L.KIND_STATICMETHOD;
export const T_CLASSMETHOD = L.KIND_CLASSMETHOD;
export const T_SUPER = L.KIND_SUPER;
export const T_COMPLEX = L.KIND_COMPLEX;
export const T_MEMORYVIEW = L.KIND_MEMORYVIEW;
export const T_LOCK = L.KIND_LOCK;
export const T_GETSET = L.KIND_GETSET;
export const T_MEMBER = L.KIND_MEMBER;
export const T_DEQUE = L.KIND_DEQUE;
export const T_WEAKREF = L.KIND_WEAKREF;
export const T_MAPPINGPROXY = L.KIND_MAPPINGPROXY;
export const T_UNION = L.KIND_UNION;
export const T_ALIAS = L.KIND_ALIAS;
export const T_TEMPLATE = L.KIND_TEMPLATE;

export const T_INT = 60;
export const T_FLOAT = 61;
export const T_NONE = 62;
export const T_BOOL = 63;
export const T_ELLIPSIS = 64;
export const T_NOT_IMPLEMENTED = 65;
export const T_OBJECT = 66;
export const T_METHOD_DESCRIPTOR = 67;
export const T_WRAPPER_DESCRIPTOR = 68;
export const T_METHOD_WRAPPER = 69;
export const T_LIST_ITERATOR = 70;
export const T_LIST_REVERSE_ITERATOR = 71;
export const T_TUPLE_ITERATOR = 72;
export const T_STR_ITERATOR = 73;
export const T_BYTES_ITERATOR = 74;
export const T_BYTEARRAY_ITERATOR = 75;
export const T_RANGE_ITERATOR = 76;
export const T_DICT_KEYS = 77;
export const T_DICT_VALUES = 78;
export const T_DICT_ITEMS = 79;
export const T_DICT_KEY_ITERATOR = 80;
export const T_DICT_VALUE_ITERATOR = 81;
export const T_DICT_ITEM_ITERATOR = 82;
export const T_SET_ITERATOR = 83;
export const T_ITERATOR = 84; // sequence protocol iterator
export const T_CALLABLE_ITERATOR = 85;
export const T_ENUMERATE = 86;
export const T_ZIP = 87;
export const T_MAP = 88;
export const T_FILTER = 89;
export const T_REVERSED = 90;
export const T_COROUTINE = 91;
export const T_ASYNC_GENERATOR = 92;
export const T_CLASSMETHOD_DESCRIPTOR = 93;
export const T_DICT_REVERSE_KEY_ITERATOR = 94;
export const T_DICT_REVERSE_VALUE_ITERATOR = 95;
export const T_DICT_REVERSE_ITEM_ITERATOR = 96;
export const T_MEMORYVIEW_ITERATOR = 97;
export const T_TYPEVAR = 98;
export const T_TYPE_ALIAS = 99;
export const T_INTERPOLATION = 100;
export const T_SIMPLE_NAMESPACE = 101;
export const T_ENVIRONMENT = 102;
export const T_CODE_POSITIONS = 103;
export const T_COROUTINE_WRAPPER = 104;
export const T_ASYNC_GEN_WRAPPED = 105;
export const T_ASYNC_GEN_ASEND = 106;
export const T_ASYNC_GEN_ATHROW = 107;
export const T_ANEXT_AWAITABLE = 108;

/** First id of the built-in exceptions (rows in exceptions.ts) and of types defined in lib/modules. */
export const T_EXCEPTIONS = 128;
export const T_MODULE_TYPES = 256;

/** Handle of the built-in type with this id. */
export const typeHandle = (id: number): number => L.TYPES_BASE + id * L.TYPE_BYTES;
/** Id of a built-in type from its handle; meaningless for classes outside the table, see isBuiltinType. */
export const typeId = (type: number): number => (type - L.TYPES_BASE) >>> 8;
export const isBuiltinType = (type: number): boolean => (type - L.TYPES_BASE) >>> 0 < L.TYPES_MAX * L.TYPE_BYTES;

/** Blocks of 16 for the types of built-in modules. */
export const T_BLOCK_IMPORT = 256;
export const T_BLOCK_IO = 272;
export const T_BLOCK_FUNCTOOLS = 288;
export const T_BLOCK_POSIX = 304;
export const T_BLOCK_SYS = 320;
export const T_BLOCK_TIME = 336;
export const T_BLOCK_SITE = 352;
export const T_BLOCK_WEAKREF = 368;
/** `_collections` (beside deque, whose id is its kind). */
export const T_DEFAULTDICT = 384;
export const T_DEQUE_ITERATOR = 385;
export const T_DEQUE_REVERSE_ITERATOR = 386;
export const T_TUPLEGETTER = 387;
/** `itertools` takes two blocks. */
export const T_BLOCK_ITERTOOLS = 400;
/** Types of `_abc`, `_contextvars`, `_codecs`, `_typing`, `marshal` and other accelerators of the standard library. */
export const T_BLOCK_ACCELERATORS = 512;
/** Exception of `_queue`. */
export const T_QUEUE_EMPTY = 388;
/** `_thread` and `_queue`. */
export const T_BLOCK_THREAD = 464;
/** Types of the text modules: `_sre`, `_struct`, `zlib`, `_json`, `_random`, hashes, `_csv`, `array`. */
export const T_SRE_PATTERN = 576;
export const T_SRE_MATCH = 577;
export const T_SRE_SCANNER = 578;
export const T_SRE_FINDITER = 579;
export const T_SRE_TEMPLATE = 580;
export const T_STRUCT = 581;
export const T_STRUCT_ERROR = 582;
export const T_UNPACK_ITERATOR = 583;
export const T_ZLIB_ERROR = 584;
export const T_ZLIB_COMPRESS = 585;
export const T_ZLIB_DECOMPRESS = 586;
export const T_ZLIB_READER = 587;
export const T_BINASCII_ERROR = 588;
export const T_BINASCII_INCOMPLETE = 589;
export const T_RANDOM = 590;
export const T_FORMATTER_ITERATOR = 591;
export const T_FIELDNAME_ITERATOR = 592;
export const T_TOKENIZER_ITER = 593;
export const T_CSV_ERROR = 594;
export const T_CSV_DIALECT = 595;
export const T_CSV_READER = 596;
export const T_CSV_WRITER = 597;
export const T_JSON_ENCODER = 598;
export const T_JSON_SCANNER = 599;
/** Hash functions. */
export const T_BLOCK_HASHES = 608;
