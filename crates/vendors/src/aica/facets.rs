//! What the account has besides its list: machines, packages, validation and certificates.

use super::{
    api::{AicaApi, Credentials, Request},
    map,
    refusal::About,
    wire,
};
use crate::{
    Certificates, CheckOut, CheckedOut, Packages, Seats, Taken, Validation, VendorError, http::Effect,
};
use async_trait::async_trait;
use license::{
    Artifact, Certificate, IssuerKey, LicenseKey, Package, Release, Seat, Validated, ValidationCode,
    resource::{instant, text},
};
use reqwest::Method;
use serde_json::{Value, json};

#[async_trait]
impl Seats for AicaApi {
    async fn taken(&self, license: &str) -> Result<Taken, VendorError> {
        let machines = self.everything(&["licenses", license, "machines"], &[], Credentials::Login).await?;
        let seats: Vec<Seat> = machines.all.iter().filter_map(map::seat).collect();
        let is_whole = machines.is_whole && seats.len() == machines.all.len();
        Ok(Taken { seats, is_whole })
    }

    async fn release(&self, seat: &str) -> Result<(), VendorError> {
        let path = ["machines", seat];
        let request = Request {
            effect: Effect::Changes,
            ..Request::new(Method::DELETE, &path, Credentials::Login, About::License)
        };
        let answer = self.send(request).await?;
        self.no_content(&answer, "a confirmation of the release")
            .map_err(|error| Effect::Changes.after_sending(error))
    }
}

#[async_trait]
impl Packages for AicaApi {
    async fn available(&self, key: &LicenseKey) -> Result<Vec<Package>, VendorError> {
        let packages = self.everything(&["packages"], &[], Credentials::Key(key)).await?;
        Ok(packages.all.iter().filter_map(map::package).collect())
    }

    async fn releases(&self, key: &LicenseKey, package: &str) -> Result<Vec<Release>, VendorError> {
        let releases = self.everything(&["releases"], &[("package", package)], Credentials::Key(key)).await?;
        Ok(releases.all.iter().filter_map(map::release).collect())
    }

    async fn artifacts(&self, key: &LicenseKey, release: &str) -> Result<Vec<Artifact>, VendorError> {
        let artifacts =
            self.everything(&["artifacts"], &[("release", release)], Credentials::Key(key)).await?;
        Ok(artifacts.all.iter().filter_map(map::artifact).collect())
    }
}

#[async_trait]
impl Validation for AicaApi {
    async fn validate(&self, key: &LicenseKey) -> Result<Validated, VendorError> {
        const WHAT: &str = "a validation";
        let nonce = getrandom::u32().unwrap_or_default();
        let path = ["licenses", "actions", "validate-key"];
        let document = self
            .document(Request {
                body: Some(json!({"meta": {"key": key.expose(), "nonce": nonce}})),
                key: Some(key),
                ..Request::new(Method::POST, &path, Credentials::None, About::Account)
            })
            .await?;
        let meta = document.get("meta").unwrap_or(&Value::Null);
        let valid = meta.get("valid").and_then(Value::as_bool);
        let valid = valid.ok_or_else(|| self.unreadable(WHAT, "it does not say whether the key is good"))?;
        if meta.get("nonce").is_some_and(|told| !told.is_null() && told.as_u64() != Some(nonce.into())) {
            return Err(self.unreadable(WHAT, "it answers another request"));
        }
        let code = text(meta, "code").map(|word| ValidationCode::from_word(&word));
        let code = code.or_else(|| valid.then_some(ValidationCode::Valid));
        let redactor = self.redactor(Some(key));
        Ok(Validated {
            valid,
            code: code.ok_or_else(|| self.unreadable(WHAT, "it does not say why"))?,
            detail: text(meta, "detail").map(|detail| redactor.clean(&detail, false).as_str().to_owned()),
            at: meta.get("ts").and_then(instant),
        })
    }
}

#[async_trait]
impl Certificates for AicaApi {
    async fn check_out(&self, license: &str, terms: &CheckOut) -> Result<CheckedOut, VendorError> {
        const WHAT: &str = "a certificate";
        let include: &[&str] = if terms.entitlements { &["entitlements"] } else { &[] };
        let mut meta = json!({"include": include, "encrypt": terms.encrypted});
        if let Some(ttl) = terms.ttl {
            meta["ttl"] = ttl.into();
        }
        let path = ["licenses", license, "actions", "check-out"];
        let document = self
            .document(Request {
                body: Some(json!({ "meta": meta })),
                effect: Effect::Once,
                ..Request::new(Method::POST, &path, Credentials::Login, About::License)
            })
            .await?;
        let attributes = wire::data(&document).and_then(|file| file.get("attributes"));
        let attributes = attributes.unwrap_or(&Value::Null);
        let certificate = text(attributes, "certificate").map(|text| LicenseKey::new(format!("{text}\n")));
        let certificate = certificate.ok_or_else(|| self.unreadable(WHAT, "there is none in it"))?;
        let read = Certificate::parse(certificate.expose());
        let read = read.map_err(|error| self.unreadable(WHAT, &error.to_string()))?;
        if self.issuer.as_ref().is_some_and(|issuer| read.verify(issuer).is_err()) {
            return Err(VendorError::BadSignature { what: "signature" });
        }
        let at = |name| attributes.get(name).and_then(instant);
        Ok(CheckedOut { text: certificate, expires: at("expiry"), issued: at("issued") })
    }

    fn issuer(&self) -> Option<&IssuerKey> {
        self.issuer.as_ref()
    }
}
