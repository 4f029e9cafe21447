//! Any bytes as a file with a client certificate, PKCS#12 or PEM: the first line is the password, the rest the file.

use postfordeler::secrets::{Secret, SecretKind};

/// Says whether it is one.
pub fn check(input: &[u8]) -> bool {
    let Some(end) = input.iter().position(|byte| *byte == b'\n') else { return false };
    let (Ok(password), file) = (str::from_utf8(&input[..end]), &input[end + 1..]) else { return false };
    let read = Secret::certificate(file, password);
    match &read {
        Ok(secret) => {
            let text = secret.reveal();
            assert_eq!(Secret::certificate(text.as_bytes(), ""), Ok(secret.clone()));
            assert_eq!(Secret::new(SecretKind::ClientCertificate, text), Ok(secret.clone()));
            assert!(reqwest::Identity::from_pem(text.as_bytes()).is_ok(), "a fagsystem can be shown it");
            assert!(!format!("{secret:?}").contains("BEGIN"));
        }
        // It cannot contain anything that was read: it has no text.
        Err(unfit) => assert!(!unfit.to_string().is_empty()),
    }
    read.is_ok()
}
