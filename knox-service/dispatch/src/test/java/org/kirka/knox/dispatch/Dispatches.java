package org.kirka.knox.dispatch;

import java.util.HashMap;
import java.util.Map;
import org.apache.http.impl.client.HttpClients;
import org.apache.knox.gateway.config.ConfigurationInjectorBuilder;
import org.apache.knox.gateway.ha.provider.HaProvider;

/** Makes dispatches as Knox does: by injecting the params, then init. */
final class Dispatches {
  private Dispatches() {}

  static KirkaDispatch plain(String secretAlias) {
    return ready(new KirkaDispatch(), secretAlias, null);
  }

  static KirkaDispatch highlyAvailable(HaProvider provider) {
    return ready(new KirkaHaDispatch(), "kirka-secret", provider);
  }

  private static KirkaDispatch ready(KirkaDispatch dispatch, String secretAlias, HaProvider provider) {
    Map<String, Object> params = new HashMap<>();
    params.put("serviceRole", "KIRKA");
    params.put("userHeader", "X-Kirka-User");
    params.put("groupsHeader", "X-Kirka-Groups");
    params.put("secretHeader", "X-Kirka-Gateway-Secret");
    params.put("reservedHeaderPrefix", "X-Kirka-");
    params.put("secretAlias", secretAlias);
    params.put("haProvider", provider);
    ConfigurationInjectorBuilder.configuration().target(dispatch).source(params::get).inject();
    dispatch.setHttpClient(HttpClients.custom().disableAutomaticRetries().disableContentCompression().build());
    dispatch.init();
    return dispatch;
  }
}
