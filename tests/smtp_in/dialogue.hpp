// Dialogues of a client with the listener, as text files in tests/smtp_in/dialogues:
//   C: text      the client says text and CR LF; lines without an S: between them leave in one piece
//   C- text      the same without CR LF. Escapes begin with a backslash: r n 0 xNN
//   S: 250       the next reply has this code (several lines of one reply count once); "closed" for the end
//   T:           the TLS handshake
//   V: full      what `deliver` says from now on: taken, later, full, big, refused
//   H: full      the same for the health that is asked at MAIL
//   N: 1         so many mails have been taken
//   B: bytes     the last mail taken, with escapes
//   R: sender > recipient recipient     its envelope
//   W:           the bytes must arrive as they are grouped (else they are also played one by one)
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "edges/smtp_in/session.hpp"

namespace hearback::dialogue {

struct Step {
    char kind = 0;
    std::string text;  ///< escapes resolved
    int line = 0;
};

struct Dialogue {
    std::string name;
    std::vector<Step> steps;
    bool whole = false;
};

std::vector<Dialogue> all();

/// What the other end does with mails; shared by both ways of playing.
struct Desk {
    SmtpVerdict verdict, health;
    int taken = 0;
    std::string message;
    SmtpEnvelope envelope;

    SmtpVerdict deliver(const SmtpEnvelope&, std::string_view raw);
};

SmtpSettings settings();

/// One client's line to a listener.
class Line {
  public:
    virtual ~Line() = default;
    virtual void send(std::string_view) = 0;
    virtual std::string reply() = 0;  ///< the next reply's code, "closed", or "silence"
    virtual void start_tls() = 0;
};

/// Plays it and reports what is not as written.
void play(const Dialogue&, Line&, Desk&);

}  // namespace hearback::dialogue
