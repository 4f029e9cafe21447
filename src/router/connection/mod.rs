//! Who may talk to the router, and for how long: TCP connections, TLS, client certificates and API keys.

pub(super) mod allowance;
pub(super) mod connections;
pub(super) mod head;
pub(super) mod protection;
pub(super) mod recorded_stream;
pub(super) mod server;
pub(super) mod workers;
