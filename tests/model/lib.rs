//! The router's own structures that threads share, under every order of events.
#![cfg(test)]
#![expect(dead_code, reason = "the router uses more of what it shares than its model")]

mod router {
    mod sync;

    #[path = "../../../src/router/connection/connections.rs"]
    mod connections;
    #[path = "../../../src/router/flow/message_locks.rs"]
    mod message_locks;
    #[path = "../../../src/router/flow/permits.rs"]
    mod permits;

    mod connections_model;
    mod locks_model;
    mod permits_model;
}
