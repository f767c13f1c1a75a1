//! What a client sees, asked over a socket.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop with a trace")]

mod answers;
mod client;
mod failures;
mod layers;
mod shapes;
mod surroundings;
mod vigilance;
