//! YAML or JSON: what a body is, and what the caller wants back.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::fault::Fault;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Yaml,
    Json,
}

impl Format {
    /// The format of the request's body, by its content type.
    pub(super) fn of_body(headers: &HeaderMap) -> Result<Self, Fault> {
        let value =
            headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let essence = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match essence.as_str() {
            "text/yaml" | "application/yaml" | "text/x-yaml" | "application/x-yaml" => Ok(Self::Yaml),
            "application/json" => Ok(Self::Json),
            _ => Err(Fault::MediaType),
        }
    }

    /// The format to answer in: JSON where the caller prefers it, else YAML.
    pub(super) fn of_answer(headers: &HeaderMap) -> Self {
        let accepted = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
        let mut best = (Self::Yaml, 0.0);
        for range in accepted.flat_map(|value| value.split(',')) {
            let (format, quality) = weigh(range);
            if let Some(format) = format
                && quality > best.1
            {
                best = (format, quality);
            }
        }
        best.0
    }

    pub(super) fn parse<T: DeserializeOwned>(self, body: &[u8]) -> Result<T, Fault> {
        match self {
            Self::Json => serde_json::from_slice(body).map_err(|error| Fault::Unreadable(error.to_string())),
            Self::Yaml => {
                // A snippet of the body in the message could repeat a token.
                let options = serde_saphyr::options! { with_snippet: false };
                serde_saphyr::from_slice_with_options(body, options)
                    .map_err(|error| Fault::Unreadable(error.to_string()))
            }
        }
    }

    /// The answer with its content type.
    pub(super) fn respond(self, status: StatusCode, answer: &impl Serialize) -> Response {
        let written = match self {
            Self::Json => serde_json::to_string(answer).map_err(|error| error.to_string()),
            Self::Yaml => {
                // Quoted, no reader takes a time, a number-like name or "no" for something else than text.
                let options = serde_saphyr::ser_options! { quote_all: true };
                serde_saphyr::to_string_with_options(answer, options).map_err(|error| error.to_string())
            }
        };
        match written {
            Ok(body) => (status, self.headers(), body).into_response(),
            Err(error) => {
                tracing::error!(error, "an answer could not be written");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }

    fn headers(self) -> [(header::HeaderName, &'static str); 2] {
        let content_type = match self {
            Self::Yaml => "text/yaml; charset=utf-8",
            Self::Json => "application/json",
        };
        [(header::CONTENT_TYPE, content_type), (header::CACHE_CONTROL, "no-store")]
    }
}

/// One media range of an `Accept` header: which format it means, and how much it is wanted.
fn weigh(range: &str) -> (Option<Format>, f32) {
    let mut parts = range.split(';').map(str::trim);
    let format = match parts.next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "text/yaml" | "application/yaml" | "text/x-yaml" | "application/x-yaml" | "text/*" | "*/*" => {
            Some(Format::Yaml)
        }
        "application/json" | "application/*" => Some(Format::Json),
        _ => None,
    };
    let quality = parts.find_map(|part| part.strip_prefix("q=")).and_then(|value| value.parse().ok());
    (format, quality.unwrap_or(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(accept: &str) -> Format {
        let headers = HeaderMap::from_iter([(header::ACCEPT, accept.parse().unwrap())]);
        Format::of_answer(&headers)
    }

    #[test]
    fn yaml_is_the_default() {
        assert_eq!(Format::of_answer(&HeaderMap::new()), Format::Yaml);
        for accept in ["text/yaml", "*/*", "text/html", "", "text/yaml, application/json"] {
            assert_eq!(answer(accept), Format::Yaml, "{accept}");
        }
    }

    #[test]
    fn json_is_answered_where_it_is_preferred() {
        for accept in [
            "application/json",
            "Application/JSON",
            "application/json, */*",
            "text/yaml;q=0.5, application/json",
        ] {
            assert_eq!(answer(accept), Format::Json, "{accept}");
        }
    }
}
