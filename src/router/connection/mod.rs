//! Who may talk to the router, and for how long: TCP connections, TLS, client certificates and API keys.

pub(super) mod allowance;
pub(super) mod connections;
pub(super) mod first_bytes;
pub(super) mod head;
pub(super) mod protection;
pub(super) mod server;
