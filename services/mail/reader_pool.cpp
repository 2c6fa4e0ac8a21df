#include "mail/reader_pool.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "mail/mail_frame.hpp"
#include "mail/read_mail.hpp"
#include "mail/reader_process.hpp"

namespace hearback {
namespace {

using Process = std::unique_ptr<ReaderProcess>;

/// One caller in the queue; a reader is handed to it by whoever has one to give.
struct Waiting {
    std::condition_variable given;
    Process process;
};

}  // namespace

struct ReaderPool::Pool {
    explicit Pool(ReaderSettings chosen) : settings(std::move(chosen)), wanted(settings.readers) {
        keeper = std::thread([this] { keep(); });
    }

    ~Pool() {
        {
            const std::lock_guard lock(mutex);
            stopping = true;
        }
        work.notify_one();
        keeper.join();
    }

    /// Starts readers for the whole life of the pool: the kernel ends a reader with the thread that started it
    /// (PR_SET_PDEATHSIG), so that must not be the thread of a caller.
    void keep() {
        std::unique_lock lock(mutex);
        while (true) {
            work.wait(lock, [&] { return stopping || wanted > 0 || !spent.empty(); });
            if (stopping) return;
            auto done = std::exchange(spent, {});
            const bool start = wanted > 0;
            if (start) --wanted;
            lock.unlock();
            auto process = start ? std::make_unique<ReaderProcess>(settings) : nullptr;
            done.clear();
            lock.lock();
            if (process) give(std::move(process));
        }
    }

    /// The lock is held.
    void give(Process process) {
        if (waiting.empty()) return idle.push_back(std::move(process));
        auto* first = waiting.front();
        waiting.pop_front();
        first->process = std::move(process);
        first->given.notify_one();
    }

    Process take() {
        std::unique_lock lock(mutex);
        if (waiting.empty() && !idle.empty()) {
            auto process = std::move(idle.back());
            idle.pop_back();
            return process;
        }
        Waiting me;
        waiting.push_back(&me);
        me.given.wait(lock, [&] { return me.process != nullptr; });
        return std::move(me.process);
    }

    void put_back(Process process) {
        const std::lock_guard lock(mutex);
        if (process->failure().empty()) return give(std::move(process));
        ++replaced;
        ++wanted;
        spent.push_back(std::move(process));
        work.notify_one();
    }

    const ReaderSettings settings;
    std::mutex mutex;
    std::condition_variable work;
    std::deque<Waiting*> waiting;
    std::vector<Process> idle, spent;
    std::size_t wanted = 0, replaced = 0;
    bool stopping = false;
    std::thread keeper;
};

ReaderPool::ReaderPool(ReaderSettings settings) : pool_(std::make_unique<Pool>(std::move(settings))) {}
ReaderPool::~ReaderPool() = default;

Mail ReaderPool::read(std::string_view raw) {
    auto process = pool_->take();
    const auto answer = process->ask(raw, Deadline(pool_->settings.mail_limit));
    const auto failure = process->failure();
    pool_->put_back(std::move(process));
    if (!failure.empty()) return unreadable_mail(failure);
    try {
        return from_frame(answer);
    } catch (const std::exception& error) {
        return unreadable_mail(error.what());
    }
}

std::size_t ReaderPool::replaced() const {
    const std::lock_guard lock(pool_->mutex);
    return pool_->replaced;
}

}  // namespace hearback
