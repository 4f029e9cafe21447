/// Why there is no message to be read from a form. Says nothing of the form's content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MultipartError {
    /// The form is malformed, or does not contain exactly one message; the text says how.
    #[error("the multipart/form-data cannot be read: {0}")]
    Format(&'static str),
    /// The connection ended before the form did.
    #[error("the body ended before it was whole")]
    BrokenOff,
}
