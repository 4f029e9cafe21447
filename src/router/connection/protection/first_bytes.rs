/// The first bytes of a connection, which show what protocol the other side speaks.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::router) struct FirstBytes {
    bytes: [u8; 3],
    count: usize,
}

impl FirstBytes {
    /// Records bytes that have come.
    pub fn record(&mut self, bytes: &[u8]) {
        let taken = bytes.len().min(self.bytes.len() - self.count);
        self.bytes[self.count..self.count + taken].copy_from_slice(&bytes[..taken]);
        self.count += taken;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether they begin a TLS handshake.
    pub(super) fn is_tls(&self) -> bool {
        self.count >= 2 && self.bytes[..2] == [0x16, 0x03]
    }

    /// Whether they begin an HTTP method.
    pub(super) fn is_http(&self) -> bool {
        self.count == self.bytes.len() && self.bytes.iter().all(u8::is_ascii_uppercase)
    }
}
