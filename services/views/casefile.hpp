// The whole story of a conversation, oldest first: each thing that happened with its words and its reason; and the
// outcome of each act, for the page that waits for it.
#pragma once

#include "views/row.hpp"
#include "views/view.hpp"

namespace hearback {

class CasefileView : public View {
  public:
    const Types& hears() const override;
    std::string_view tables() const override;
    void apply(Database&, const Decision&, const Said&) override;

  private:
    struct Entry;
    void add(Database&, const Decision&, const ConversationId&, const Entry&);
    void outcome(Database&, const Decision&, const ConversationId&, std::string_view result, std::string_view words);
    std::string look_up(Database&, std::string_view sql, std::string_view id);
    std::string staff_name(Database&, const StaffId&);
    std::string family_name(Database&, const ConversationId&);

    void needed_after_all(Database&, const Decision&, const ConversationReopened&);
    void tell_message(Database&, const Decision&, const AnyEvent&);
    void tell_promise(Database&, const Decision&, const AnyEvent&);
    void tell_complaint(Database&, const Decision&, const AnyEvent&);
    void tell_sending(Database&, const Decision&, const AnyEvent&);
    void tell_staffing(Database&, const Decision&, const AnyEvent&);
    void tell_directory(Database&, const Decision&, const AnyEvent&);
    void tell_office(Database&, const Decision&, const AnyEvent&);

    Prepared prepared_;
};

}  // namespace hearback
