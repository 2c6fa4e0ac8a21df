// The whole job with nothing but the job: SMTP in, MIME parse and decode, SHA-256, match to a case, events made durable before the 250,
// acknowledgement out by SMTP and recorded. No feature, no security, no recovery, never a product: the figure is the ceiling that
// these libraries give on this machine, for Hearback to be held against.
//   floor port=P sink=S cases=CASES.csv dir=DIR [log=sqlite] [raw=db|log] [sync=FULL] [maxbatch=200] [senders=2]
//   floor port=P sink=S cases=CASES.csv dir=DIR log=kafka brokers=HOST:PORT [topic=NAME] [flush=0|1] [maxbatch=200] [senders=2]
// SIGTERM ends it and prints counts, CPU and peak memory.
// log=sqlite: WAL, synchronous=FULL, group commit. raw=db: the raw mail is a row in SQLite (written twice: WAL, then table).
//   raw=log: it is appended to a file, one fdatasync a group before the commit that refers to it (written once).
// log=kafka: raw mail to the file, one fdatasync a group (claim check); an inbox record (acks=all, idempotent) whose delivery report is
//   the 250; the clerk consumes the inbox, routes and appends received + routed + queued to the journal; the mailer consumes the
//   journal, sends, and reports to the inbox; the clerk appends sent. flush=1 sets flush.messages=1 on both topics: the broker then
//   syncs each batch to its disk before it acknowledges, which is what one broker needs to promise what SQLite FULL promises.
#include "bench.hpp"
#include <arpa/inet.h>
#include <atomic>
#include <condition_variable>
#include <csignal>
#include <cstring>
#include <deque>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <gmime/gmime.h>
#include <malloc.h>
#include <librdkafka/rdkafka.h>
#include <mutex>
#include <netinet/tcp.h>
#include <nlohmann/json.hpp>
#include <openssl/evp.h>
#include <shared_mutex>
#include <sqlite3.h>
#include <sstream>
#include <strings.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <unordered_map>
using nlohmann::json;
struct Case { std::string ref, worker; };
static std::unordered_map<std::string, Case> by_mail, by_ref, by_id;
static std::shared_mutex idm;
static std::atomic<long> received{0}, matched{0}, acked{0}, txns{0};
struct Write { std::string stream, type, body; const std::string* raw; };
struct Job { std::vector<Write> w; std::promise<void> done; std::atomic<int> left{0}; };
static void finish(Job* j) { auto p = std::move(j->done); p.set_value(); }   // the waiter may free the job as soon as the value is set
template <class T> class Queue {
    std::mutex m; std::condition_variable c; std::deque<T> q;
public:
    void put(T t) { { std::lock_guard l(m); q.push_back(std::move(t)); } c.notify_one(); }
    std::vector<T> take(size_t max) {
        std::unique_lock l(m);
        c.wait(l, [&] { return !q.empty(); });
        std::vector<T> v;
        while (!q.empty() && v.size() < max) { v.push_back(std::move(q.front())); q.pop_front(); }
        return v;
    }
};
static Queue<Job*> jobs;
struct Ack { std::string to, id, ref, worker; };
static Queue<Ack> acks;
static void keep_raw(int blob, const std::vector<Job*>& v) {
    bool any = false;
    for (auto* j : v)
        for (auto& w : j->w)
            if (w.raw) { any = true; for (size_t o = 0; o < w.raw->size();) { ssize_t k = write(blob, w.raw->data() + o, w.raw->size() - o); if (k <= 0) std::abort(); o += k; } }
    if (any && fdatasync(blob)) std::abort();
}
static void writer(std::string path, std::string sync, int maxbatch, bool rawlog) {
    sqlite3* db;
    int blob = rawlog ? open((path + ".raw").c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_APPEND, 0600) : -1;
    for (auto s : {"", "-wal", "-shm"}) std::filesystem::remove(path + s);
    sqlite3_open(path.c_str(), &db);
    sqlite3_exec(db, ("PRAGMA journal_mode=WAL; PRAGMA synchronous=" + sync + "; PRAGMA wal_autocheckpoint=8000;"
        "CREATE TABLE events(seq INTEGER PRIMARY KEY, stream TEXT NOT NULL, type TEXT NOT NULL, ts INTEGER NOT NULL, body TEXT NOT NULL);"
        "CREATE INDEX s ON events(stream, seq); CREATE TABLE raw(seq INTEGER PRIMARY KEY, body BLOB NOT NULL);").c_str(), nullptr, nullptr, nullptr);
    sqlite3_stmt *e, *r;
    sqlite3_prepare_v2(db, "INSERT INTO events(stream,type,ts,body) VALUES(?,?,?,?)", -1, &e, nullptr);
    sqlite3_prepare_v2(db, "INSERT INTO raw(seq,body) VALUES(?,?)", -1, &r, nullptr);
    for (;;) {
        auto v = jobs.take(maxbatch);
        if (rawlog) keep_raw(blob, v);
        sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr);
        for (auto* j : v)
            for (auto& w : j->w) {
                sqlite3_bind_text(e, 1, w.stream.c_str(), -1, SQLITE_STATIC);
                sqlite3_bind_text(e, 2, w.type.c_str(), -1, SQLITE_STATIC);
                sqlite3_bind_int64(e, 3, std::chrono::system_clock::now().time_since_epoch().count());
                sqlite3_bind_text(e, 4, w.body.c_str(), int(w.body.size()), SQLITE_STATIC);
                if (sqlite3_step(e) != SQLITE_DONE) { std::fprintf(stderr, "%s\n", sqlite3_errmsg(db)); std::abort(); }
                sqlite3_reset(e);
                if (w.raw && !rawlog) {
                    sqlite3_bind_int64(r, 1, sqlite3_last_insert_rowid(db));
                    sqlite3_bind_blob(r, 2, w.raw->data(), int(w.raw->size()), SQLITE_STATIC);
                    if (sqlite3_step(r) != SQLITE_DONE) std::abort();
                    sqlite3_reset(r);
                }
            }
        if (sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr) != SQLITE_OK) std::abort();
        ++txns;
        for (auto* j : v) finish(j);
    }
}
static void durable(std::vector<Write> w) { Job j; j.w = std::move(w); auto f = j.done.get_future(); jobs.put(&j); f.get(); }
static std::string text_of(GMimeObject* o) {
    if (GMIME_IS_MULTIPART(o)) {
        std::string s;
        for (int i = 0, n = g_mime_multipart_get_count(GMIME_MULTIPART(o)); i < n; ++i) { auto t = text_of(g_mime_multipart_get_part(GMIME_MULTIPART(o), i)); if (s.empty()) s = t; }
        return s;
    }
    if (GMIME_IS_TEXT_PART(o)) { char* t = g_mime_text_part_get_text(GMIME_TEXT_PART(o)); std::string s = t ? t : ""; g_free(t); return s; }
    if (GMIME_IS_PART(o)) if (GMimeDataWrapper* w = g_mime_part_get_content(GMIME_PART(o))) {
        GMimeStream* m = g_mime_stream_mem_new();
        g_mime_data_wrapper_write_to_stream(w, m);
        g_object_unref(m);
    }
    return "";
}
static std::string hex256(const std::string& s) {
    unsigned char h[32]; unsigned n;
    EVP_Digest(s.data(), s.size(), h, &n, EVP_sha256(), nullptr);
    static const char* d = "0123456789abcdef";
    std::string o;
    for (unsigned char c : h) { o += d[c >> 4]; o += d[c & 15]; }
    return o;
}
static const auto rep = json::error_handler_t::replace;
static Case route(const std::string& from, const std::string& sub, const std::vector<std::string>& refs) {
    const Case* c = nullptr;
    if (auto i = by_mail.find(from); i != by_mail.end()) c = &i->second;
    if (!c) if (auto q = sub.find("[SEND-"); q != std::string::npos) if (auto i = by_ref.find(sub.substr(q + 1, 10)); i != by_ref.end()) c = &i->second;
    std::shared_lock l(idm);
    if (!c) for (auto& r : refs) if (auto i = by_id.find(r); i != by_id.end()) { c = &i->second; break; }
    matched += c != nullptr;
    return c ? *c : Case{"unmatched", "triage"};
}
static void remember(const std::string& id, const Case& c) { if (c.ref != "unmatched") { std::unique_lock l(idm); by_id[id] = c; } }

// ---- log=kafka
static bool kafka = false;
static std::string brokers, inbox, journal;
static void check(bool ok, const char* what) { if (!ok) { std::fprintf(stderr, "kafka: %s\n", what); std::abort(); } }
static rd_kafka_t* client(rd_kafka_type_t type) {
    rd_kafka_conf_t* c = rd_kafka_conf_new();
    std::vector<std::pair<const char*, std::string>> v = {{"bootstrap.servers", brokers}, {"socket.nagle.disable", "true"}};
    if (type == RD_KAFKA_PRODUCER) for (auto x : {"enable.idempotence=true", "acks=all", "linger.ms=0", "message.timeout.ms=30000"}) { std::string s = x; v.push_back({x, s.substr(s.find('=') + 1)}); }
    else v.insert(v.end(), {{"group.id", inbox}, {"enable.auto.commit", "false"}, {"enable.auto.offset.store", "false"}, {"fetch.wait.max.ms", "100"}, {"isolation.level", "read_committed"}});
    char e[256];
    for (auto& [k, x] : v) check(rd_kafka_conf_set(c, std::string(k).substr(0, std::string(k).find('=')).c_str(), x.c_str(), e, sizeof e) == RD_KAFKA_CONF_OK, e);
    if (type == RD_KAFKA_PRODUCER)
        rd_kafka_conf_set_dr_msg_cb(c, [](rd_kafka_t*, const rd_kafka_message_t* m, void*) {
            check(!m->err, rd_kafka_err2str(m->err));
            if (auto* j = static_cast<Job*>(m->_private); j && --j->left == 0) finish(j);
        });
    rd_kafka_t* k = rd_kafka_new(type, c, e, sizeof e);
    check(k, e);
    if (type == RD_KAFKA_PRODUCER) std::thread([k] { for (;;) rd_kafka_poll(k, 100); }).detach();
    return k;
}
static void produce(rd_kafka_t* p, const std::string& topic, const std::string& key, const std::string& body, Job* j) {
    for (;;) {
        auto e = rd_kafka_producev(p, RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_PARTITION(0), RD_KAFKA_V_KEY(key.data(), key.size()),
                                   RD_KAFKA_V_VALUE(const_cast<char*>(body.data()), body.size()), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_OPAQUE(j), RD_KAFKA_V_END);
        if (!e) return;
        check(e == RD_KAFKA_RESP_ERR__QUEUE_FULL, rd_kafka_err2str(e));
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}
static void topics(bool make, bool flush) {
    rd_kafka_t* p = client(RD_KAFKA_PRODUCER);
    rd_kafka_queue_t* q = rd_kafka_queue_new(p);
    char e[256];
    if (make) {
        rd_kafka_NewTopic_t* t[2];
        for (int i = 0; i < 2; ++i) { t[i] = rd_kafka_NewTopic_new((i ? journal : inbox).c_str(), 1, 1, e, sizeof e); if (flush) rd_kafka_NewTopic_set_config(t[i], "flush.messages", "1"); }
        rd_kafka_CreateTopics(p, t, 2, nullptr, q);
    } else {
        rd_kafka_DeleteTopic_t* t[2] = {rd_kafka_DeleteTopic_new(inbox.c_str()), rd_kafka_DeleteTopic_new(journal.c_str())};
        rd_kafka_DeleteTopics(p, t, 2, nullptr, q);
    }
    rd_kafka_event_t* ev = rd_kafka_queue_poll(q, 20000);
    check(ev && !rd_kafka_event_error(ev), ev ? rd_kafka_event_error_string(ev) : "no answer from the broker");
    size_t n = 0;
    if (make) for (auto** r = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(ev), &n); n; --n) check(!rd_kafka_topic_result_error(r[n - 1]), rd_kafka_topic_result_error_string(r[n - 1]));
}
static void kafka_writer(std::string path, int maxbatch) {                     // the edge: raw mail durable, then the records that refer to it
    int blob = open((path + ".raw").c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_APPEND, 0600);
    rd_kafka_t* p = client(RD_KAFKA_PRODUCER);
    for (;;) {
        auto v = jobs.take(maxbatch);
        keep_raw(blob, v);
        ++txns;
        for (auto* j : v) {
            std::vector<Write> w = std::move(j->w);                            // the job may be gone when its last record is confirmed
            j->left = int(w.size());
            for (auto& x : w) produce(p, x.stream, x.type, x.body, j);
        }
    }
}
template <class F> static void consume(const std::string& topic, F f) {
    rd_kafka_t* k = client(RD_KAFKA_CONSUMER);
    rd_kafka_poll_set_consumer(k);
    auto* l = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(l, topic.c_str(), 0)->offset = RD_KAFKA_OFFSET_BEGINNING;
    check(!rd_kafka_assign(k, l), "assign");
    for (;;)
        if (rd_kafka_message_t* m = rd_kafka_consumer_poll(k, 1000)) {
            if (!m->err) f(std::string_view(static_cast<char*>(m->key), m->key_len), std::string_view(static_cast<char*>(m->payload), m->len));
            rd_kafka_message_destroy(m);
        }
}
static void clerk() {
    rd_kafka_t* p = client(RD_KAFKA_PRODUCER);
    consume(inbox, [p](std::string_view type, std::string_view body) {
        std::string same(body);
        if (type == "ack.sent" || type == "ready") { produce(p, journal, std::string(type), same, nullptr); return; }
        json a = json::parse(body);
        const std::string id = a["message_id"], from = a["from"];
        const Case c = route(from, a["subject"], a["references"]);
        remember(id, c);
        produce(p, journal, "mail.received", same, nullptr);
        produce(p, journal, "mail.routed", json{{"message_id", id}, {"case", c.ref}, {"caseworker", c.worker}}.dump(-1, ' ', false, rep), nullptr);
        produce(p, journal, "ack.queued", json{{"message_id", id}, {"to", from}, {"template", "acknowledgement"}, {"case", c.ref}, {"caseworker", c.worker}}.dump(-1, ' ', false, rep), nullptr);
    });
}
static std::promise<void> ready;                                               // one record went the whole way: leaders, offsets and connections are known
static void mailer() {
    consume(journal, [](std::string_view type, std::string_view body) {
        if (type == "ready") ready.set_value();
        if (type != "ack.queued") return;
        json k = json::parse(body);
        acks.put({k["to"], k["message_id"], k["case"], k["caseworker"]});
    });
}

static void accept_mail(const std::string& raw, const std::string& from) {
    GMimeStream* s = g_mime_stream_mem_new_with_buffer(raw.data(), raw.size());
    GMimeParser* p = g_mime_parser_new_with_stream(s);
    GMimeMessage* m = g_mime_parser_construct_message(p, nullptr);
    std::string id = m && g_mime_message_get_message_id(m) ? "<" + std::string(g_mime_message_get_message_id(m)) + ">" : "", sub = m && g_mime_message_get_subject(m) ? g_mime_message_get_subject(m) : "";
    std::vector<std::string> refs;
    std::string text;
    if (m) {
        if (const char* r = g_mime_object_get_header(GMIME_OBJECT(m), "References")) {
            GMimeReferences* x = g_mime_references_parse(nullptr, r);
            for (int i = 0; i < g_mime_references_length(x); ++i) refs.push_back("<" + std::string(g_mime_references_get_message_id(x, i)) + ">");
            g_mime_references_free(x);
        }
        text = text_of(g_mime_message_get_mime_part(m));
        g_object_unref(m);
    }
    g_object_unref(p);
    g_object_unref(s);
    json a = {{"message_id", id}, {"from", from}, {"subject", sub}, {"references", refs}, {"size", raw.size()}, {"sha256", hex256(raw)}, {"text", text}};
    if (kafka) { durable({{inbox, "mail.received", a.dump(-1, ' ', false, rep), &raw}}); ++received; return; }
    const Case c = route(from, sub, refs);
    json b = {{"message_id", id}, {"case", c.ref}, {"caseworker", c.worker}};
    json k = {{"message_id", id}, {"to", from}, {"template", "acknowledgement"}};
    durable({{c.ref, "mail.received", a.dump(-1, ' ', false, rep), &raw}, {c.ref, "mail.routed", b.dump(-1, ' ', false, rep), nullptr}, {c.ref, "ack.queued", k.dump(-1, ' ', false, rep), nullptr}});
    remember(id, c);
    ++received;
    acks.put({from, id, c.ref, c.worker});
}
static int dial(int port) {
    int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    sockaddr_in a{};
    a.sin_family = AF_INET;
    a.sin_port = htons(port);
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return connect(fd, reinterpret_cast<sockaddr*>(&a), sizeof a) ? (close(fd), -1) : fd;
}
static bool say(int fd, const std::string& s) { for (size_t o = 0; o < s.size();) { ssize_t k = send(fd, s.data() + o, s.size() - o, MSG_NOSIGNAL); if (k <= 0) return false; o += k; } return true; }
static int line(int fd, std::string& in) {
    for (;;) {
        size_t e = in.find("\r\n");
        if (e != std::string::npos) { std::string l = in.substr(0, e); in.erase(0, e + 2); if (l.size() > 3 && l[3] == '-') continue; return std::atoi(l.c_str()); }
        char b[2048];
        ssize_t k = recv(fd, b, sizeof b, 0);
        if (k <= 0) return -1;
        in.append(b, k);
    }
}
static void sender(int port) {
    int fd = -1;
    std::string in;
    for (;;) {
        auto v = acks.take(50);
        std::vector<Write> done;
        for (auto& a : v)
            for (;;) {
                if (fd < 0) { fd = dial(port); in.clear(); if (fd < 0 || line(fd, in) != 220 || !say(fd, "EHLO floor.example\r\n") || line(fd, in) != 250) { if (fd >= 0) close(fd); fd = -1; std::this_thread::sleep_for(std::chrono::milliseconds(200)); continue; } }
                std::string msg = "From: SEND Team <send@council.example>\r\nTo: <" + a.to + ">\r\nSubject: We have received your email [" + a.ref + "]\r\nIn-Reply-To: " + a.id + "\r\nReferences: " + a.id +
                                  "\r\nMessage-ID: <ack." + (a.id.empty() ? "" : a.id.substr(1, a.id.find('@') - 1)) + "@council.example>\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nThank you for your email. Your caseworker is " + a.worker + ".\r\nWe will reply within 10 working days.\r\n.\r\n";
                if (say(fd, "MAIL FROM:<send@council.example>\r\nRCPT TO:<" + a.to + ">\r\nDATA\r\n") && line(fd, in) == 250 && line(fd, in) == 250 && line(fd, in) == 354 && say(fd, msg) && line(fd, in) == 250) break;
                close(fd);
                fd = -1;
            }
        for (auto& a : v) done.push_back({kafka ? inbox : a.ref, "ack.sent", json{{"message_id", a.id}, {"to", a.to}}.dump(), nullptr});
        durable(std::move(done));
        acked += v.size();
    }
}
static void session(int fd) {
    int one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    std::string in, from;
    bool data = false;
    size_t scan = 0;
    say(fd, "220 floor ESMTP\r\n");
    char b[65536];
    for (ssize_t k; (k = recv(fd, b, sizeof b, 0)) > 0;) {
        in.append(b, k);
        for (;;) {
            if (data) {
                size_t e = in.find("\r\n.\r\n", scan);                        // in begins with the CR LF that ended DATA
                if (e == std::string::npos) { scan = in.size() > 4 ? in.size() - 4 : 0; break; }
                std::string raw;
                raw.reserve(e);
                for (size_t i = 2; i < e + 2;) {                               // one leading dot off each line
                    size_t k = std::min(in.find("\r\n.", i - 2), e);
                    raw.append(in, i, k + 2 - i);
                    i = k + 3;
                }
                in.erase(0, e + 5);
                data = false;
                accept_mail(raw, from);
                say(fd, "250 ok durable\r\n");
                continue;
            }
            size_t e = in.find("\r\n");
            if (e == std::string::npos) break;
            std::string l = in.substr(0, e);
            const bool d = !strncasecmp(l.c_str(), "DATA", 4);
            in.erase(0, d ? e : e + 2);
            if (d) { data = true; scan = 0; say(fd, "354 go\r\n"); }
            else if (!strncasecmp(l.c_str(), "QUIT", 4)) { say(fd, "221 bye\r\n"); close(fd); return; }
            else { if (!strncasecmp(l.c_str(), "MAIL FROM:<", 11)) from = l.substr(11, l.find('>') - 11); say(fd, !strncasecmp(l.c_str(), "EHLO", 4) ? "250-floor\r\n250 8BITMIME\r\n" : "250 ok\r\n"); }
        }
    }
    close(fd);
}
int main(int argc, char** argv) {
    auto a = bench::args(argc, argv);
    std::string dir = bench::get<std::string>(a, "dir", "."), csv = bench::get<std::string>(a, "cases", "");
    std::filesystem::create_directories(dir);
    std::ifstream f(csv);
    std::string l;
    for (std::getline(f, l); std::getline(f, l);) {
        std::vector<std::string> c;
        std::stringstream ss(l);
        for (std::string x; std::getline(ss, x, ',');) c.push_back(x);
        by_mail[c[3]] = by_ref[c[0]] = {c[0], c[5]};
    }
    g_mime_init();
    mallopt(M_MMAP_THRESHOLD, 32 << 20);                                       // large buffers are used again, not mapped and cleared anew for each mail
    mallopt(M_TRIM_THRESHOLD, 256 << 20);
    std::signal(SIGPIPE, SIG_IGN);
    kafka = bench::get<std::string>(a, "log", "sqlite") == "kafka";
    sigset_t term;
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    sigaddset(&term, SIGINT);
    pthread_sigmask(SIG_BLOCK, &term, nullptr);                                // before any thread, so that only main takes them
    if (kafka) {
        brokers = bench::get<std::string>(a, "brokers", "127.0.0.1:9092");
        const std::string t = bench::get<std::string>(a, "topic", "floor-" + std::to_string(getpid()));
        inbox = t + ".inbox";
        journal = t + ".journal";
        topics(true, bench::get(a, "flush", 0));
        std::thread(clerk).detach();
        std::thread(mailer).detach();
        std::thread(kafka_writer, dir + "/floor", bench::get(a, "maxbatch", 200)).detach();
        durable({{inbox, "ready", "{}", nullptr}});
        ready.get_future().wait();
    } else
        std::thread(writer, dir + "/floor.db", bench::get<std::string>(a, "sync", "FULL"), bench::get(a, "maxbatch", 200), bench::get<std::string>(a, "raw", "db") == "log").detach();
    for (int i = bench::get(a, "senders", 2); i; --i) std::thread(sender, bench::get(a, "sink", 0)).detach();
    int s = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    sockaddr_in ad{};
    ad.sin_family = AF_INET;
    ad.sin_port = htons(bench::get(a, "port", 0));
    ad.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (bind(s, reinterpret_cast<sockaddr*>(&ad), sizeof ad) || listen(s, 512)) { std::perror("bind"); return 1; }
    std::thread([s] { for (;;) { int fd = accept(s, nullptr, nullptr); if (fd >= 0) std::thread(session, fd).detach(); } }).detach();
    int sig;
    sigwait(&term, &sig);
    rusage r;
    getrusage(RUSAGE_SELF, &r);
    std::printf("{\"what\":\"floor\",\"received\":%ld,\"matched\":%ld,\"acked\":%ld,\"groups\":%ld,\"cpu_s\":%.2f,\"cpu_us_per_mail\":%.0f,\"rss_max_mb\":%.1f}\n", received.load(), matched.load(), acked.load(), txns.load(),
                bench::cpu_seconds(), received ? 1e6 * bench::cpu_seconds() / received : 0, r.ru_maxrss / 1024.0);
    std::fflush(stdout);
    if (kafka) topics(false, false);
    std::_Exit(0);
}
