#include <ostream>

#include "commands/commands.hpp"

namespace hearback {

int add_machine_key(const Where& where, const std::string& name, MachineMay may, std::ostream& out) {
    make_folder(where.data);
    MachineKeys keys(where.data);
    const bool first = !keys.are_wanted();
    out << keys.add(name, may) << "\n\nThis is the key of " << name << (may == MachineMay::act ? ", which may read and act." : ", which may read.")
        << " It is shown once and kept nowhere: send it as Authorization: Bearer, over a connection that nobody else reads.\n";
    if (first) out << "From now on the API wants a key of every machine. The pages are as before.\n";
    return 0;
}

int list_machine_keys(const Where& where, std::ostream& out) {
    const MachineKeys keys(where.data);
    const auto machines = keys.list();
    for (const auto& machine : machines) out << machine.name << (machine.may == MachineMay::act ? "  act" : "  read") << "\n";
    if (machines.empty()) out << (keys.are_wanted() ? "There is no key: the API refuses every machine.\n" : "There is no key: every program on this machine may use the API.\n");
    return 0;
}

int remove_machine_key(const Where& where, const std::string& name, std::ostream& out) {
    MachineKeys keys(where.data);
    keys.remove(name);
    out << "The key of " << name << " is worth nothing now.\n";
    if (keys.list().empty()) out << "It was the last one: the API refuses every machine until there is a new key.\n";
    return 0;
}

}  // namespace hearback
