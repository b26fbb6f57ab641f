package dev.latchkey.local.template;

import java.util.List;
import java.util.Map;

/** An API as the template describes it. */
public sealed interface Api permits RestApi, HttpApi {

    /** Its name in the template. */
    String logicalId();

    /** The API id in ARNs and events. */
    String apiId();

    /** Name of its one stage. */
    String stage();

    /** What paths of requests start with, such as {@code /prod}; empty when the stage is at the root. */
    String stagePath();

    /** Variables of the stage. */
    Map<String, String> stageVariables();

    /** Its routes. */
    List<Route> routes();

    /** Its authorizers by name. */
    Map<String, AuthorizerDefinition> authorizers();
}
