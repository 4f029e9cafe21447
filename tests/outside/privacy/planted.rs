use std::cell::RefCell;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use memchr::memmem;

/// What must get in nowhere: made up, and each different, so that a trace tells where it comes from.
#[derive(Default)]
pub struct Planted {
    secrets: RefCell<Vec<Secret>>,
}

struct Secret {
    /// Where it was planted.
    origin: String,
    /// As it is written in various places.
    spellings: Vec<String>,
    may_be: Allowed,
}

/// What a secret may get into, besides where it was planted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowed {
    Nowhere,
    /// The receipt: what a fagsystem says of a message is passed on.
    Receipt,
    /// The journal: it keeps whom a message was addressed to.
    Journal,
}

/// Something that is searched for secrets.
pub struct Haystack {
    pub name: String,
    pub bytes: Vec<u8>,
    /// What may be found in it.
    pub allows: Allowed,
}

impl Planted {
    /// A CPR number that is not in use.
    pub fn cpr(&self, origin: &str) -> String {
        self.cpr_with("", origin)
    }

    pub fn cpr_with_dash(&self, origin: &str) -> String {
        self.cpr_with("-", origin)
    }

    /// One with that between its date and its serial number.
    pub fn cpr_with(&self, separator: &str, origin: &str) -> String {
        let number = self.secrets.borrow().len();
        let (date, serial) = (format!("{:02}{:02}99", number % 28 + 1, number % 12 + 1), 7000 + number);
        let spelling = |separator: &str| format!("{date}{separator}{serial}");
        let spellings = ["", "-", " ", separator].map(spelling).to_vec();
        self.plant(origin, spellings, Allowed::Nowhere);
        spelling(separator)
    }

    /// A name that no text but a planted one holds.
    pub fn name(&self, origin: &str) -> String {
        self.name_allowed(origin, Allowed::Nowhere)
    }

    pub fn name_allowed(&self, origin: &str, may_be: Allowed) -> String {
        let name = format!("Emilie Zq{}sen", self.secrets.borrow().len());
        self.plant(origin, vec![name.clone()], may_be);
        name
    }

    fn plant(&self, origin: &str, spellings: Vec<String>, may_be: Allowed) {
        self.secrets.borrow_mut().push(Secret { origin: origin.to_owned(), spellings, may_be });
    }

    /// Every secret that is found in a haystack that may not have it.
    pub fn traces_in(&self, haystacks: &[Haystack]) -> Vec<String> {
        let mut traces = Vec::new();
        for haystack in haystacks {
            let lower_case = haystack.bytes.to_ascii_lowercase();
            for secret in self.secrets.borrow().iter() {
                let is_allowed = secret.may_be != Allowed::Nowhere && secret.may_be == haystack.allows;
                if !is_allowed && secret.is_in(&haystack.bytes, &lower_case) {
                    traces.push(format!("{}: in {}", secret.origin, haystack.name));
                }
            }
        }
        traces
    }

    /// The secrets that were planted, but are in none of these.
    pub fn not_in(&self, sent: &[Vec<u8>]) -> Vec<String> {
        let sent: Vec<_> = sent.iter().map(|bytes| (bytes, bytes.to_ascii_lowercase())).collect();
        let is_sent = |secret: &&Secret| sent.iter().any(|(bytes, lower_case)| secret.is_in(bytes, lower_case));
        let secrets = self.secrets.borrow();
        secrets.iter().filter(|secret| !is_sent(secret)).map(|secret| secret.origin.clone()).collect()
    }
}

impl Secret {
    fn is_in(&self, bytes: &[u8], lower_case: &[u8]) -> bool {
        self.spellings.iter().any(|spelling| {
            memmem::find(lower_case, spelling.to_ascii_lowercase().as_bytes()).is_some()
                || encodings(spelling).iter().any(|encoded| memmem::find(bytes, encoded).is_some())
        })
    }
}

/// A text as UTF-16 and as base64, wherever in a longer text it begins.
fn encodings(text: &str) -> Vec<Vec<u8>> {
    let units = || text.encode_utf16();
    let mut encodings =
        vec![units().flat_map(u16::to_le_bytes).collect::<Vec<_>>(), units().flat_map(u16::to_be_bytes).collect()];
    for before in 0..3 {
        // Three bytes make four signs; those that the neighbours have a part in are left off.
        let encoded = STANDARD.encode(["x".repeat(before).as_bytes(), text.as_bytes()].concat());
        let end = (before + text.len()) / 3 * 4;
        encodings.push(encoded.as_bytes()[before.div_ceil(3) * 4..end].to_vec());
    }
    encodings
}

#[test]
fn secrets_are_found_however_they_are_written() {
    let planted = Planted::default();
    let cpr = planted.cpr_with("/", "here");
    let spellings = [cpr.clone(), cpr.replace('/', ""), cpr.replace('/', "-")];
    let found = |bytes: Vec<u8>| {
        let haystack = Haystack { name: String::new(), bytes, allows: Allowed::Nowhere };
        !planted.traces_in(&[haystack]).is_empty()
    };
    for spelling in spellings {
        assert!(found(format!("a{spelling}b").into_bytes()));
        assert!(found(format!("a{spelling}b").encode_utf16().flat_map(u16::to_le_bytes).collect()));
        for before in ["", "a", "ab", "abc", "abcd"] {
            assert!(found(STANDARD.encode(format!("{before}{spelling}ab")).into_bytes()), "after {before:?}");
        }
    }
    assert!(!found(b"0101991234".to_vec()));
}
