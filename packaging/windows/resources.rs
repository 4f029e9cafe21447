//! The build script: what the Windows program carries besides its code. For other systems it does nothing.

use std::env;
use std::io;

const ICON: &str = "resources/icon/postfordeler.ico";
const MANIFEST: &str = "packaging/windows/postfordeler.manifest";

fn main() -> io::Result<()> {
    for path in ["packaging/windows/resources.rs", ICON, MANIFEST] {
        println!("cargo::rerun-if-changed={path}");
    }
    if env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "windows") {
        add_resources()?;
    }
    Ok(())
}

/// The icon, the manifest, and what *Properties* shows: product, version and licence.
fn add_resources() -> io::Result<()> {
    /// English of the United States, as everything that is not on a screen.
    const LANGUAGE: u16 = 0x0409;
    winresource::WindowsResource::new()
        .set_icon(ICON)
        .set_manifest_file(MANIFEST)
        .set_language(LANGUAGE)
        .set("ProductName", "Postfordeler")
        .set("FileDescription", "Postfordeler")
        .set("CompanyName", "Postfordeler")
        .set("OriginalFilename", "postfordeler.exe")
        .set("InternalName", "postfordeler")
        .set("LegalCopyright", "Mozilla Public License 2.0")
        .compile_for("postfordeler")
}
