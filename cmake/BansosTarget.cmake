# bansos_options: warnings and sanitizers for our own targets only (never global flags).
add_library(bansos_options INTERFACE)
target_compile_options(bansos_options INTERFACE
  -Wall -Wextra -Werror=return-type -Wno-unused-parameter)
target_include_directories(bansos_options INTERFACE ${CMAKE_SOURCE_DIR})
find_program(LLD ld.lld)
if(LLD)
  target_link_options(bansos_options INTERFACE -fuse-ld=lld)
endif()
if(BANSOS_SANITIZE)
  target_compile_options(bansos_options INTERFACE
    -fsanitize=${BANSOS_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(bansos_options INTERFACE -fsanitize=${BANSOS_SANITIZE})
endif()

# Several sources of a target are compiled as one (a unity build): most of a compiler's time here
# goes into headers, and gRPC's are read once instead of for each source. Off: -DBANSOS_UNITY=OFF.
option(BANSOS_UNITY "Compile several sources of a target as one" ON)
function(bansos_unity name)
  set_target_properties(${name} PROPERTIES
    UNITY_BUILD ${BANSOS_UNITY} UNITY_BUILD_BATCH_SIZE 6)
endfunction()

# bansos_library(NAME SOURCES ... DEPS ...): one static library for one folder. DEPS are the allowed
# arrows of docs/ARCHITECTURE.md; tests/style checks the includes against the same table.
function(bansos_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC bansos_options ${ARG_DEPS})
  bansos_unity(${name})
endfunction()

# bansos_program(NAME SOURCES ... DEPS ...): one binary, written to build/<preset>/bin.
function(bansos_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE bansos_options ${ARG_DEPS})
  bansos_unity(${name})
endfunction()

# bansos_test(NAME KIND SOURCES ... DEPS ...): one GoogleTest binary registered with ctest under the
# label KIND (unit, property, integration, end_to_end).
function(bansos_test name kind)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE
    bansos_options ${ARG_DEPS} GTest::gmock GTest::gtest GTest::gtest_main)
  bansos_unity(${name})
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES LABELS ${kind} TIMEOUT 900)
  if(BANSOS_SANITIZE MATCHES thread)
    set_tests_properties(${name} PROPERTIES
      ENVIRONMENT TSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/sanitizer/tsan.supp)
  endif()
endfunction()

# bansos_proto_library(NAME ROOT dir PROTOS ... [GRPC] DEPS ...): generated protobuf and gRPC code.
function(bansos_proto_library name)
  cmake_parse_arguments(ARG "GRPC" "ROOT" "PROTOS;DEPS;IMPORT_DIRS" ${ARGN})
  set(out ${CMAKE_BINARY_DIR}/gen)
  file(MAKE_DIRECTORY ${out})
  set(includes -I${ARG_ROOT})
  foreach(dir ${ARG_IMPORT_DIRS})
    list(APPEND includes -I${dir})
  endforeach()
  set(generated)
  foreach(proto ${ARG_PROTOS})
    string(REGEX REPLACE "\\.proto$" "" base ${proto})
    set(files ${out}/${base}.pb.cc ${out}/${base}.pb.h)
    set(plugin)
    if(ARG_GRPC)
      list(APPEND files ${out}/${base}.grpc.pb.cc ${out}/${base}.grpc.pb.h)
      set(plugin --grpc_out=${out} --plugin=protoc-gen-grpc=$<TARGET_FILE:gRPC::grpc_cpp_plugin>)
    endif()
    add_custom_command(
      OUTPUT ${files}
      COMMAND protobuf::protoc ${includes} --cpp_out=${out} ${plugin} ${ARG_ROOT}/${proto}
      DEPENDS ${ARG_ROOT}/${proto}
      VERBATIM)
    list(APPEND generated ${files})
  endforeach()
  add_library(${name} STATIC ${generated})
  target_include_directories(${name} PUBLIC ${out})
  target_link_libraries(${name} PUBLIC protobuf::libprotobuf ${ARG_DEPS})
  if(ARG_GRPC)
    target_link_libraries(${name} PUBLIC gRPC::grpc++)
  endif()
  if(BANSOS_SANITIZE)
    target_compile_options(${name} PRIVATE -fsanitize=${BANSOS_SANITIZE})
  endif()
endfunction()
