use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use blake3::{Hasher, derive_key};
use ring::rand::{SecureRandom, SystemRandom};
use uuid::Uuid;

use super::post_type::post_type_word;
use crate::private_files;
use crate::rules::{Caseless, Facts, Sender};
use crate::store::engine::{self, Connection, OptionalExtension, TransactionBehavior};
use crate::store::{Store, StoreError};

pub(in crate::store) const KEY_FILE: &str = "journal.key";
/// The key of a database that is being restored, until both are in place.
pub(in crate::store) const NEXT_KEY_FILE: &str = "journal.key.next";
pub(in crate::store) const KEY_BYTES: usize = 32;
const DIGEST_BYTES: usize = 16;
const KEY_FINGERPRINT: &str = "SELECT key_fingerprint FROM router_state";

/// A keyed digest. Without the key, neither its input nor another input with the same digest can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Digest([u8; DIGEST_BYTES]);

impl Digest {
    fn of(hasher: &Hasher) -> Self {
        let mut bytes = [0; DIGEST_BYTES];
        hasher.finalize_xof().fill(&mut bytes);
        Self(bytes)
    }

    /// Reads a stored digest; `None` if those bytes are none.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// A message's digest in the making, while its bytes pass.
#[derive(Debug, Clone)]
pub struct MessageDigest(Box<Hasher>);

impl MessageDigest {
    /// Takes the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The digest of all bytes so far.
    #[must_use]
    pub fn digest(&self) -> Digest {
        Digest::of(&self.0)
    }
}

/// The key of a data directory's digests. It is random, and in a file of its own beside the database, so that a copy of
/// the database alone reveals nothing of what messages held. Without a key, a CPR number, say, could be found from its
/// digest by trying all there are.
#[derive(Clone)]
pub struct DigestKey(Arc<Keys>);

/// A key for each purpose, so that digests made for one say nothing about another.
struct Keys {
    messages: [u8; KEY_BYTES],
    facts: [u8; KEY_BYTES],
    texts: [u8; KEY_BYTES],
    fingerprint: Digest,
}

impl std::fmt::Debug for DigestKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("DigestKey(…)")
    }
}

impl DigestKey {
    fn new(key: &[u8; KEY_BYTES]) -> Self {
        let fingerprint = Hasher::new_derive_key("Postfordeler journal 1: fingerprint of the key").update(key).clone();
        Self(Arc::new(Keys {
            messages: derive_key("Postfordeler journal 1: messages", key),
            facts: derive_key("Postfordeler journal 1: facts", key),
            texts: derive_key("Postfordeler journal 1: texts", key),
            fingerprint: Digest::of(&fingerprint),
        }))
    }

    /// Begins the digest of a message, given what has arrived of it and its messageUUID as written there. Digital Post
    /// ignores the case of the UUID, and so does the digest.
    #[must_use]
    pub fn message(&self, begun: &[u8], message_uuid: &str) -> MessageDigest {
        let mut hasher = Hasher::new_keyed(&self.0.messages);
        match memchr::memmem::find(begun, message_uuid.as_bytes()) {
            Some(at) => {
                hasher.update(&begun[..at]).update(message_uuid.to_ascii_lowercase().as_bytes());
                hasher.update(&begun[at + message_uuid.len()..]);
            }
            // It is written with character references.
            None => {
                hasher.update(begun);
            }
        }
        MessageDigest(Box::new(hasher))
    }

    /// The digest of a text that is not stored itself, short enough to be read in a list: 16 hexadecimal digits.
    #[must_use]
    pub fn text(&self, text: &str) -> String {
        let mut hasher = Hasher::new_keyed(&self.0.texts);
        hasher.update(text.as_bytes()).finalize().to_hex()[..16].to_owned()
    }

    /// The digest of the facts that rules can look at. It depends neither on the rules nor on the case of a contact point's
    /// letters.
    #[must_use]
    pub fn facts(&self, facts: &Facts) -> Digest {
        let point = facts.contact_point.as_ref();
        let (sender, sender_cvr) = match facts.sender {
            Sender::Person => ("person", None),
            // Which the journal keeps as the sender's kind.
            Sender::Organisation(cvr) if facts.sender_has_contact_point => ("authority", cvr),
            Sender::Organisation(cvr) => ("organisation", cvr),
            Sender::Other => ("other", None),
        };
        let mut hasher = Hasher::new_keyed(&self.0.facts);
        let mut add = |part: Option<&str>| {
            let length = part.map_or(u64::MAX, |text| text.len() as u64);
            hasher.update(&length.to_le_bytes()).update(part.unwrap_or_default().as_bytes());
        };
        add(facts.recipient.map(|cvr| cvr.to_string()).as_deref());
        add(Some(sender));
        add(sender_cvr.map(|cvr| cvr.to_string()).as_deref());
        add(point.map(|_| "contact point"));
        add(point.and_then(|point| point.id.as_ref()).map(Caseless::folded));
        add(point.and_then(|point| point.group.as_ref()).map(Caseless::folded));
        add(Some(post_type_word(facts.post_type)));
        add(facts.kle.map(|kle| kle.to_string()).as_deref());
        add(facts.form.map(|form| form.to_string()).as_deref());
        Digest::of(&hasher)
    }
}

impl Store {
    /// The key of this data directory's digests. It is made if there is none, or the file holds no key.
    ///
    /// # Errors
    ///
    /// The data directory cannot be read or written.
    pub fn digest_key(&self) -> Result<DigestKey, StoreError> {
        if self.server().is_some() {
            return Ok(DigestKey::new(&self.shared_digest_key()?));
        }
        let path = self.directory().join(KEY_FILE);
        let failed = |source| StoreError::Directory { path: self.directory().to_owned(), source };
        self.settle_restored_key(&path)?;
        let key = read(&path).and_then(|found| found.map_or_else(|| make(&path), Ok));
        Ok(DigestKey::new(&key.map_err(failed)?))
    }

    /// The same, to be kept elsewhere.
    pub(in crate::store) fn digest_key_bytes(&self) -> Result<[u8; KEY_BYTES], StoreError> {
        let _ = self.digest_key()?;
        if self.server().is_some() {
            return self.shared_digest_key();
        }
        let path = self.directory().join(KEY_FILE);
        let failed = |source| StoreError::Directory { path: self.directory().to_owned(), source };
        read(&path).map_err(failed)?.ok_or_else(|| self.damaged("its digest key is no key"))
    }

    /// Keeps a key in place of the one that was drawn, for a journal that is about to be there with it.
    pub(in crate::store) fn keep_digest_key(
        &self,
        connection: &Connection,
        key: &[u8; KEY_BYTES],
    ) -> Result<(), StoreError> {
        if self.server().is_some() {
            let keep = "INSERT INTO digest_key (only_one, key) VALUES (1, ?1)
                        ON CONFLICT (only_one) DO UPDATE SET key = excluded.key";
            connection.execute(keep, [key.as_slice()])?;
            return Ok(());
        }
        // Its name makes it count once the journal's digests are those that were made with it.
        let path = self.directory().join(NEXT_KEY_FILE);
        let failed = |source| StoreError::Directory { path: self.directory().to_owned(), source };
        private_files::write_new(&path, key).map_err(failed)
    }

    /// The key that all routers of a server have.
    fn shared_digest_key(&self) -> Result<[u8; KEY_BYTES], StoreError> {
        let query = "SELECT key FROM digest_key";
        let connection = self.connection();
        let mut known: Option<Vec<u8>> = connection.query_row(query, [], |row| row.get(0)).optional()?;
        if known.is_none() {
            let drawn = draw().map_err(|source| StoreError::Directory { path: self.directory().to_owned(), source })?;
            let first = "INSERT INTO digest_key (only_one, key) VALUES (1, ?1) ON CONFLICT DO NOTHING";
            connection.execute(first, [drawn.as_slice()])?;
            known = connection.query_row(query, [], |row| row.get(0)).optional()?;
        }
        known.and_then(|key| key.try_into().ok()).ok_or_else(|| self.damaged("its digest key is no key"))
    }

    /// Puts the key of a restored database in place. If the journal's digests were not made with it, the restoration was
    /// interrupted before the database was replaced, and the key is removed.
    fn settle_restored_key(&self, path: &Path) -> Result<(), StoreError> {
        let next = self.directory().join(NEXT_KEY_FILE);
        let failed = |source| StoreError::Directory { path: self.directory().to_owned(), source };
        let Some(key) = read(&next).map_err(failed)? else { return Ok(()) };
        let known = self.connection().query_row(KEY_FINGERPRINT, [], |row| row.get::<Option<Vec<u8>>>(0))?;
        let belongs = known.as_deref() == Some(DigestKey::new(&key).0.fingerprint.as_bytes());
        let settled = if belongs { fs::rename(&next, path) } else { fs::remove_file(&next) };
        match settled {
            // Another program was quicker.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            settled => settled.map_err(failed),
        }
    }

    /// Removes the digests that were made with another key: nothing can equal them any more. Their messages are recognised
    /// by the facts that the journal stores.
    pub(in crate::store) fn use_digest_key(&self, key: &DigestKey) -> Result<(), StoreError> {
        let mut connection = self.journal()?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let read = |row: &engine::Row<'_>| row.get::<Option<Vec<u8>>>(0);
        let known = transaction.query_row(KEY_FINGERPRINT, [], read)?;
        let fingerprint = key.0.fingerprint.as_bytes();
        if known.as_deref() == Some(fingerprint) {
            return Ok(());
        }
        if known.is_some() {
            tracing::warn!(
                "the file {KEY_FILE} in the data directory is not the one that the journal's digests were made with: \
                 messages that came before are recognised by their facts and their size alone"
            );
            transaction.execute("UPDATE journal SET facts_digest = NULL, digest = NULL", [])?;
        }
        transaction.execute("UPDATE router_state SET key_fingerprint = ?1", [fingerprint])?;
        self.place.commit(transaction)
    }
}

/// The stored key; `None` if there is none, or the file holds something else.
fn read(path: &Path) -> io::Result<Option<[u8; KEY_BYTES]>> {
    let Some(file) = private_files::open_to_read(path)? else { return Ok(None) };
    let mut bytes = Vec::with_capacity(KEY_BYTES + 1);
    file.take(KEY_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes.try_into().ok())
}

fn draw() -> io::Result<[u8; KEY_BYTES]> {
    let mut key = [0; KEY_BYTES];
    SystemRandom::new().fill(&mut key).map_err(|_| io::Error::other("the system has no random numbers to give"))?;
    Ok(key)
}

/// Makes a key, complete before it gets its name. If another program has made one first, that one is returned.
fn make(path: &Path) -> io::Result<[u8; KEY_BYTES]> {
    let mut key = draw()?;
    let unfinished = path.with_extension(format!("{}.new", Uuid::new_v4().simple()));
    let placed = private_files::write_new(&unfinished, &key).and_then(|()| match fs::hard_link(&unfinished, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => match read(path)? {
            Some(other) => {
                key = other;
                Ok(())
            }
            // What is there is no key.
            None => fs::rename(&unfinished, path),
        },
        // Some file systems have no links.
        Err(_) => fs::rename(&unfinished, path),
        Ok(()) => Ok(()),
    });
    let _ = fs::remove_file(&unfinished);
    placed.map(|()| key)
}
