#pragma once
// What the server needs of the operating system.
#include <sys/types.h>

#include <cstdint>
#include <functional>

#include "lsp/protocol/framing.hpp"

namespace kdsl::lsp {

/// True while the process exists (for zombies too).
bool isAlive(pid_t process);

/// Bytes of a file descriptor. While it waits it calls `giveUp` about once a second; true ends the stream.
ByteSource readFrom(int descriptor, std::function<bool()> giveUp);
/// Writes to a file descriptor, the whole text at each call.
ByteSink writeTo(int descriptor);

/// Takes standard output for the protocol alone: what else the program prints goes to standard error from now on. The new descriptor, or
/// -1.
int takeStandardOutput();

/// Memory that this process has in use, in bytes; 0 if the system does not say.
std::uint64_t residentBytes();

/// Waits at a port of this machine for one client; the connection's descriptor, or -1. Nobody from outside can connect.
int acceptClient(std::uint16_t port);

}  // namespace kdsl::lsp
