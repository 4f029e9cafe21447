//! Who may deliver, and how the router proves who it is.

mod authorizer;
mod caller;
mod certificate;
mod chosen;
mod closing;
mod fault;
mod first_bytes;
mod local_client;
mod protected;
mod refusals;
mod self_signed;
mod tls;

pub(in crate::router) use authorizer::Authorizer;
pub(in crate::router) use caller::{Caller, CallerRefusal};
pub use certificate::RouterCertificate;
pub(in crate::router) use certificate::read_certificates;
pub(in crate::router) use chosen::{certificate_chain, certificate_files, is_no_plain_file, show_again};
pub use closing::Closing;
pub use fault::ProtectionError;
pub(in crate::router) use first_bytes::FirstBytes;
pub use local_client::LocalClient;
pub(in crate::router) use local_client::url_of;
pub(in crate::router) use protected::{Protected, practice_tls};
pub use refusals::Refusal;
pub(in crate::router) use tls::{NotAccepted, Tls};
