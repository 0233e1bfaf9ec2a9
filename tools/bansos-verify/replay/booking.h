// Booking: what one event does to every balance that it touches. The two bucket equations and "no
// bucket below zero" are checked for each touched line before anything changes. Pure functions.
#ifndef TOOLS_BANSOS_VERIFY_REPLAY_BOOKING_H_
#define TOOLS_BANSOS_VERIFY_REPLAY_BOOKING_H_

#include <string>
#include <utility>
#include <vector>

#include "tools/bansos-verify/replay/fault.h"
#include "tools/bansos-verify/replay/state.h"

namespace bansos::replay {

// A line with its balance after an event.
using BookedLine = std::pair<std::string, Balance>;

// The touched lines as they are after the event's movement go into `after`; none without one.
Verdict CheckBooking(const State& state, const v1::Event& event, std::vector<BookedLine>& after);

// The bucket that holds the money of a payment; BUCKET_AVAILABLE when it is withdrawn.
v1::Bucket BucketOf(PaymentState state);

// Every line, made anew from the payments and their states, is what the movements made it.
Verdict CheckTotals(const State& state);

}  // namespace bansos::replay

#endif  // TOOLS_BANSOS_VERIFY_REPLAY_BOOKING_H_
