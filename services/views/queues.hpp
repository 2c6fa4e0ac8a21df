// One row a conversation: what must be answered by when, whose it is and why, where it stands on the ladder, what waits
// for the morning; and the directory that these rows name.
#pragma once

#include "views/row.hpp"
#include "views/view.hpp"

namespace hearback {

class QueuesView : public View {
  public:
    const Types& hears() const override;
    std::string_view tables() const override;
    void apply(Database&, const Decision&, const Said&) override;
    void settle(Database&) override;
    void give_up() override { counted_.clear(); }

  private:
    void list_contact(Database&, const Decision&, const ContactListed&);
    void open_question(Database&, const Decision&, const CorrectionBegun&, const ConversationId&);

    Prepared prepared_;
    std::map<std::string, std::int64_t, std::less<>> counted_;  // since the last commit
};

}  // namespace hearback
