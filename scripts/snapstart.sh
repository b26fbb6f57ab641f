# Sourced by scripts/build: template-snapstart.yaml, which deploys the authorizer with Lambda's SnapStart.

need_linux() {
    [ "$(uname -s)" = Linux ] || fail "template-snapstart.yaml is made on Linux, got $(uname -s)"
}

# template.yaml with a version for each build: snapshots belong to versions. AWS SAM alone would make one for changed code
# only, so that a changed parameter, such as the key to check with, would not reach callers; this text is new each time.
snapstart_template() {
    local release
    release=$(date +%s%N | sha256sum | cut -d ' ' -f 1)
    template_copy snapstart 9 \
        -e "s|^\( *\)Handler: dev.latchkey.authorizer.AuthorizerHandler|&\n\1AutoPublishAlias: live\n\1AutoPublishCodeSha256: $release\n\1SnapStart:\n\1  ApplyOn: PublishedVersions|" \
        -e '/^  SecretsExtensionLayerArn:/,/^  [A-Z]/{s/AllowedPattern: .*/AllowedPattern: ^$/;s/ConstraintDescription: .*/ConstraintDescription: must be empty with SnapStart, which the extension does not work with/;}' \
        -e 's|!GetAtt AuthorizerFunction.Arn|!Ref AuthorizerFunction.Alias|'
}
