#include <iostream>

#include "commands/calendar.hpp"

int main(int count, char** words) {
    std::ios::sync_with_stdio(false);
    return hearback::run_calendar({words + 1, words + count}, std::cin, std::cout);
}
