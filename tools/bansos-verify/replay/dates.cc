#include "tools/bansos-verify/replay/dates.h"

#include <chrono>

namespace bansos::replay {

bool IsCalendarDate(int32_t date) {
  if (date < 10101 || date > 99991231) return false;
  const std::chrono::year_month_day day{std::chrono::year(date / 10000),
                                        std::chrono::month((date / 100) % 100),
                                        std::chrono::day(date % 100)};
  return day.ok();
}

int32_t WibDate(int64_t time_us) {
  constexpr std::chrono::hours kWib(7);
  const std::chrono::microseconds local = std::chrono::microseconds(time_us) + kWib;
  const std::chrono::year_month_day day{
      std::chrono::sys_days(std::chrono::floor<std::chrono::days>(local))};
  return int{day.year()} * 10000 + static_cast<int32_t>(unsigned{day.month()}) * 100 +
         static_cast<int32_t>(unsigned{day.day()});
}

}  // namespace bansos::replay
