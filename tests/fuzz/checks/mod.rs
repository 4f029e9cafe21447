//! What must hold of every input there can be. Fuzz targets look for inputs of which it does not hold; the tests go
//! through those that were kept.

#![allow(dead_code, reason = "each fuzz target uses one of them")]

pub mod configuration;
pub mod contact_structure;
pub mod kle;
pub mod memo;
pub mod multipart;
pub mod open_document;
pub mod package;
mod parts;
pub mod pkcs12;
pub mod receipts;
pub mod secrets_file;
pub mod tables;
pub mod text_tables;
pub mod workbook;

/// The input whole, byte by byte, and in pieces as long as its own bytes say.
fn cuts(input: &[u8]) -> [Vec<&[u8]>; 3] {
    let (mut own, mut rest) = (Vec::new(), input);
    while let Some(first) = rest.first() {
        let (piece, after) = rest.split_at(usize::from(first % 32 + 1).min(rest.len()));
        own.push(piece);
        rest = after;
    }
    [vec![input], input.chunks(1).collect(), own]
}
