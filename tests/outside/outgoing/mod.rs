//! What goes out, to whom, and what nobody but the fagsystem sees: secrets, certificates, proxies, addresses.

mod addresses;
mod causes;
mod certificates;
mod configured;
mod in_clear;
mod keeping;
mod probing;
mod proxies;
pub mod secure;
pub mod town;
mod withheld;
