//! `/rpc`: the four methods of the Aidbox portal (Aidbox documentation, "Manage Aidbox licenses via API").

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::{Value, json};

use super::Served;
use super::call::{Call, Params};
use super::fault::Fault;
use super::format::Format;
use super::wire::{self, Answer, Reader};
use crate::Portal;
use crate::portal::now;
use crate::secret::digest;
use crate::storage::Project;

/// The create parameters beyond the documented ones that this portal takes; no vendor has this call.
pub(super) async fn capabilities() -> Json<Value> {
    Json(json!({"create": ["goal", "hosting", "aidbox-version", "fhir-version"]}))
}

/// Answers one call, in YAML or JSON as the caller accepts.
pub(super) async fn rpc(
    State(served): State<Served>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let format = Format::of_answer(&headers);
    let call = match read(&headers, body) {
        Ok(call) => call,
        Err(fault) => return refuse(format, &fault),
    };
    let base = served.base.clone();
    let answered = served.run(move |portal| {
        let reader = Reader { base: &base, now: now(), signer: portal.signer() };
        Ok(match answer(portal, call, reader) {
            Ok(answer) => format.respond(StatusCode::OK, &answer),
            Err(fault) => refuse(format, &fault),
        })
    });
    answered.await.unwrap_or_else(|error| refuse(format, &Fault::Failed(error)))
}

fn read(headers: &HeaderMap, body: Result<Bytes, BytesRejection>) -> Result<Call, Fault> {
    let format = Format::of_body(headers)?;
    let body = body.map_err(|rejection| Fault::Body(rejection.status(), rejection.body_text()))?;
    format.parse(&body)
}

fn refuse(format: Format, fault: &Fault) -> Response {
    if let Fault::Failed(error) = fault {
        tracing::error!(%error, "a call failed");
    }
    format.respond(fault.status(), &wire::Refused::new(fault))
}

fn answer(portal: &Portal, call: Call, reader: Reader<'_>) -> Result<Answer, Fault> {
    let params = call.params.unwrap_or_default();
    match call.method.as_str() {
        "portal.portal/issue-license" => issue(portal, &params, reader),
        "portal.portal/get-license" => get(portal, params, reader),
        "portal.portal/get-licenses" => list(portal, &params, reader),
        "portal.portal/remove-license" => remove(portal, params, reader),
        _ => Err(Fault::Method(call.method)),
    }
}

fn issue(portal: &Portal, params: &Params, reader: Reader<'_>) -> Result<Answer, Fault> {
    let project = project(portal, params)?;
    let (license, jwt) = portal.issue(&project, params.order()?)?;
    Ok(Answer::with_jwt(reader.license(&project, license), jwt))
}

fn get(portal: &Portal, params: Params, reader: Reader<'_>) -> Result<Answer, Fault> {
    let project = project(portal, &params)?;
    let found = portal.license(&project, &params.which(portal.signer())?)?;
    let (license, jwt) = found.ok_or(Fault::NotAMember)?;
    Ok(Answer::with_jwt(reader.license(&project, license), jwt))
}

fn list(portal: &Portal, params: &Params, reader: Reader<'_>) -> Result<Answer, Fault> {
    let project = project(portal, params)?;
    let licenses = portal.storage().licenses(&project)?;
    Ok(Answer::list(licenses.into_iter().map(|license| reader.license(&project, license)).collect()))
}

fn remove(portal: &Portal, params: Params, reader: Reader<'_>) -> Result<Answer, Fault> {
    let project = project(portal, &params)?;
    let removed = portal.storage().remove_license(&project, &params.which(portal.signer())?)?;
    let license = removed.ok_or(Fault::NotAMember)?;
    Ok(Answer::removed(reader.license(&project, license)))
}

fn project(portal: &Portal, params: &Params) -> Result<Project, Fault> {
    let token = params.token.as_deref().unwrap_or_default();
    portal.storage().project_of_token(&digest(token))?.ok_or(Fault::Unauthorized)
}
