{
  "targets": [
    {
      "target_name": "protospace",
      "sources": [
        "native/heap/allocator.cc",
        "native/heap/carriers.cc",
        "native/gc/cycle.cc",
        "native/gc/marker.cc",
        "native/gc/sweeper.cc",
        "native/gc/weak.cc",
        "native/gc/world.cc",
        "native/napi/addon.cc",
        "native/napi/runtime.cc"
      ],
      "include_dirs": [
        "<!(node -p \"require('node-api-headers').include_dir\")",
        "<!(node -p \"require('node-addon-api').include_dir\")"
      ],
      "defines": [
        "NAPI_VERSION=8",
        "NAPI_DISABLE_CPP_EXCEPTIONS",
        "PROTOSPACE_VERSION=\"<!(node -p \"require('./package.json').version\")\""
      ],
      "cflags_cc": ["-std=c++17", "-O2", "-Wall", "-Wextra", "-fno-exceptions", "-fno-rtti", "-fno-threadsafe-statics", "-fvisibility=hidden"],
      "conditions": [
        ["OS=='linux'", {
          "ldflags": ["-Wl,--as-needed", "-static-libgcc", "-Wl,--version-script=<(module_root_dir)/native/napi/exports.map"]
        }]
      ],
      "msbuild_toolset": "ClangCL",
      "xcode_settings": {
        "CLANG_CXX_LANGUAGE_STANDARD": "c++17",
        "GCC_ENABLE_CPP_EXCEPTIONS": "NO",
        "GCC_SYMBOLS_PRIVATE_EXTERN": "YES",
        "MACOSX_DEPLOYMENT_TARGET": "11.0"
      }
    }
  ]
}
