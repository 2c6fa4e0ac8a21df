#include "edges/web/api/api.hpp"

#include "edges/web/api/acts.hpp"
#include "edges/web/api/door.hpp"
#include "edges/web/api/problem.hpp"
#include "edges/web/api/reads.hpp"

namespace hearback {

Response answer_api(const OfficeDesk& desk, const Request& r) {
    auto let_in = at_the_door(desk.machine_keys, r);
    if (auto* refusal = std::get_if<Response>(&let_in)) return std::move(*refusal);
    const auto& machine = std::get<std::optional<Machine>>(let_in);
    const auto address = address_of(r.path);
    auto way = way_to(address, r.method);
    if (auto* refusal = std::get_if<Response>(&way)) return std::move(*refusal);
    if (r.method != "POST") return answer_read(desk, r, address);
    if (machine && machine->may == MachineMay::read) return may_only_read(*machine);
    return answer_act(desk, r, address, machine ? machine->name : std::string());
}

}  // namespace hearback
