// What shells read so that the Tab key works. The scripts know no command of this program: each
// asks it what fits, so that they never grow old.
#include "cli/command.h"

namespace tallyman::cli {

namespace {

constexpr const char* kBash = R"sh(# bash: . <(tallyman completion bash)
_tallyman() {
  local IFS=$'\n'
  COMPREPLY=($("${COMP_WORDS[0]}" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -F _tallyman tallyman
)sh";

constexpr const char* kZsh = R"sh(#compdef tallyman
# zsh: . <(tallyman completion zsh)
_tallyman() {
  local -a fits
  fits=(${(f)"$("${words[1]}" complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)"})
  (( ${#fits} )) && compadd -a fits
}
compdef _tallyman tallyman
)sh";

constexpr const char* kFish = R"sh(# fish: tallyman completion fish | source
function __tallyman_fits
    set -l line (commandline -opc)
    set -l begun (commandline -ct)
    $line[1] complete -- $line[2..-1] "$begun" 2>/dev/null
end
complete -c tallyman -f -a '(__tallyman_fits)'
)sh";

}  // namespace

std::string completion_script(Shell shell) {
  switch (shell) {
    case Shell::bash: return kBash;
    case Shell::zsh: return kZsh;
    case Shell::fish: return kFish;
  }
  return {};
}

}  // namespace tallyman::cli
