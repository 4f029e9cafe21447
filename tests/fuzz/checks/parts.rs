//! Inputs of several parts: a fuzzer that changes bytes within an archive only ever breaks its check sums.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// What begins the line with a part's name.
const MARK: &[u8] = b"=== ";

/// The parts of an input, each with its name; the text before the first named one has none.
pub fn parts(input: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut parts = vec![(String::new(), Vec::new())];
    for line in input.split_inclusive(|byte| *byte == b'\n') {
        if let Some(name) = line.strip_prefix(MARK) {
            parts.push((String::from_utf8_lossy(name).trim().to_owned(), Vec::new()));
        } else if let Some((_, content)) = parts.last_mut() {
            content.extend_from_slice(line);
        }
    }
    parts.retain(|(name, content)| !name.is_empty() || !content.is_empty());
    parts
}

/// An archive of those parts; of several with the same name, the first.
pub fn archive(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (at, (name, content)) in parts.iter().enumerate() {
        if parts[..at].iter().all(|(other, _)| other != name) && archive.start_file(name.as_str(), stored).is_ok() {
            archive.write_all(content).expect("memory takes everything");
        }
    }
    archive.finish().expect("memory takes everything").into_inner()
}
