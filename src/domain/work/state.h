// The life of a job: waiting for other jobs, available, running, and one of three ends.
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace tallyman::work {

enum class JobState { waiting, available, running, done, cancelled, dead };

inline constexpr std::array kJobStates{JobState::waiting, JobState::available, JobState::running,
                                       JobState::done,    JobState::cancelled, JobState::dead};

// The word stands in jobs.state, in the API and on the pages.
constexpr std::string_view word(JobState state) {
  switch (state) {
    case JobState::waiting: return "waiting";
    case JobState::available: return "available";
    case JobState::running: return "running";
    case JobState::done: return "done";
    case JobState::cancelled: return "cancelled";
    case JobState::dead: return "dead";
  }
  return "?";
}

constexpr std::optional<JobState> job_state_from(std::string_view text) {
  for (const JobState state : kJobStates) {
    if (word(state) == text) return state;
  }
  return std::nullopt;
}

// Nothing happens to it any more, except that a person asks for it again: as a new job.
constexpr bool is_over(JobState state) {
  return state == JobState::done || state == JobState::cancelled || state == JobState::dead;
}

}  // namespace tallyman::work
