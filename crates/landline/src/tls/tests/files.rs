//! The operator's own certificates.

use std::fs;
use std::path::PathBuf;

use landline_gateway::deployment::domains::LiveDomain;

use super::super::upkeep::Told;
use super::super::{CertificateFiles, Pair, Source};
use super::{Client, Door, Signed};

impl Door {
    fn path(&self, name: &str) -> PathBuf {
        let folder = self.folder.path().join("certificates");
        fs::create_dir_all(&folder).unwrap();
        folder.join(name)
    }

    fn write(&self, name: &str, signed: &Signed) {
        fs::write(self.path(&format!("{name}.crt")), &signed.certificate_pem).unwrap();
        fs::write(self.path(&format!("{name}.key")), &signed.key_pem).unwrap();
    }

    fn files(&self) -> CertificateFiles {
        let folder = self.path("").parent().unwrap().join("certificates");
        CertificateFiles::open(Vec::new(), Some(folder)).unwrap()
    }
}

#[tokio::test]
async fn a_name_is_served_with_the_operators_certificate_for_it() {
    let door = Door::open();
    let (exact, wildcard) = (
        Signed::for_name("ws.example.com"),
        Signed::for_name("*.example.com"),
    );
    door.write("ws.example.com", &exact);
    door.write("_.example.com", &wildcard);
    door.certificates
        .install_files(door.files().loaded().clone());
    for (name, signed) in [
        ("ws.example.com", &exact),
        ("WS.example.com", &exact),
        ("chat.example.com", &wildcard),
    ] {
        let (shown, _) = door.meet(name, signed.trusting()).await.unwrap();
        assert_eq!(shown, signed.certificate, "{name}");
    }
    assert_eq!(door.certificates.source("ws.example.com"), Source::Files);
    assert_eq!(door.certificates.source("*.example.com"), Source::Files);
    assert_eq!(
        door.certificates.source("example.com"),
        Source::LocalAuthority
    );
    assert!(
        door.meet("a.chat.example.com", Client::anonymous())
            .await
            .is_ok()
    );
}

#[test]
fn a_renewed_certificate_is_read_and_a_broken_one_leaves_the_old() {
    let door = Door::open();
    door.write("ws.example.com", &Signed::for_name("ws.example.com"));
    let mut files = door.files();
    assert!(!files.reload());
    let renewed = Signed::for_name("ws.example.com.renewed.with.another.length");
    door.write("ws.example.com", &renewed);
    assert!(files.reload());
    let shown = |files: &CertificateFiles| files.loaded()["ws.example.com"].cert[0].clone();
    assert_eq!(shown(&files), renewed.certificate);
    fs::write(door.path("ws.example.com.key"), "half a ke").unwrap();
    assert!(files.reload());
    assert_eq!(shown(&files), renewed.certificate);
    fs::remove_file(door.path("ws.example.com.crt")).unwrap();
    assert!(files.reload());
    assert!(files.loaded().is_empty());
}

#[test]
fn what_the_configuration_names_must_be_there_and_fit() {
    let door = Door::open();
    let (one, two) = (
        Signed::for_name("a.example.com"),
        Signed::for_name("b.example.com"),
    );
    door.write("one", &one);
    door.write("two", &two);
    fs::write(door.path("text"), "no certificate").unwrap();
    for (certificate, key, word) in [
        ("none.crt", "one.key", "cannot read"),
        ("text", "one.key", "does not hold certificates in PEM"),
        ("one.crt", "text", "does not hold a private key in PEM"),
        (
            "one.crt",
            "two.key",
            "does not hold the key of the certificate",
        ),
    ] {
        let pair = Pair {
            name: "a.example.com".to_owned(),
            certificate: door.path(certificate),
            key: door.path(key),
        };
        let error = CertificateFiles::open(vec![pair], None).unwrap_err();
        assert!(error.to_string().contains(word), "{error}");
    }
}

#[test]
fn it_is_said_once_which_certificate_a_domain_has() {
    let door = Door::open();
    let name = "ws.example.com";
    door.domains
        .publish(vec![LiveDomain::new(name.to_owned(), Vec::new(), None)]);
    let mut told = Told::default();
    let mut news = || told.news(&door.domains, &door.certificates);
    assert_eq!(news(), [(name.to_owned(), Source::LocalAuthority)]);
    assert_eq!(news(), []);
    door.write(name, &Signed::for_name(name));
    door.certificates
        .install_files(door.files().loaded().clone());
    assert_eq!(news(), [(name.to_owned(), Source::Files)]);
}
