# embed(TARGET NAME FOLDER file...)   the program carries these files: hearback::embedded::NAME() in "embedded/NAME.hpp".
function(embed target name folder)
  set(out ${CMAKE_BINARY_DIR}/generated/embedded/${name})
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/generated/embedded)
  add_custom_command(OUTPUT ${out}.cpp ${out}.hpp
    COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/cmake/embed.py ${name} ${folder} ${out} ${ARGN}
    DEPENDS ${CMAKE_SOURCE_DIR}/cmake/embed.py ${ARGN} VERBATIM)
  target_sources(${target} PRIVATE ${out}.cpp ${out}.hpp)
endfunction()
