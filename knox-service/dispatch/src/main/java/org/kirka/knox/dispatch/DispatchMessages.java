package org.kirka.knox.dispatch;

import java.net.URI;
import org.apache.knox.gateway.i18n.messages.Message;
import org.apache.knox.gateway.i18n.messages.MessageLevel;
import org.apache.knox.gateway.i18n.messages.Messages;
import org.apache.knox.gateway.i18n.messages.StackTrace;

/** What the dispatch says in gateway.log. */
@Messages(logger = "org.kirka.knox.dispatch")
public interface DispatchMessages {
  @Message(level = MessageLevel.ERROR, text = "Request refused: the alias {0} of Kirka''s gateway secret is neither in"
      + " this topology''s nor in the gateway''s credential store. Create it with knoxcli.sh create-alias {0} --cluster"
      + " <topology> --value <secret>, and touch the topology.")
  void secretMissing(String alias);

  @Message(level = MessageLevel.ERROR, text = "Cannot read the alias {0}: {1}")
  void secretUnreadable(String alias, @StackTrace(level = MessageLevel.DEBUG) Exception e);

  @Message(level = MessageLevel.WARN, text = "Request refused: {0} is none of the service''s addresses in the topology")
  void notRouted(URI url);

  @Message(level = MessageLevel.WARN, text = "No answer to {0} {1}: {2}")
  void noAnswer(String method, URI url, String failure, @StackTrace(level = MessageLevel.DEBUG) Exception e);

  @Message(level = MessageLevel.WARN, text = "{0} {1} failed ({2}), sending it to {3}")
  void failingOver(String method, URI url, String failure, URI next);

  @Message(level = MessageLevel.ERROR, text = "The HaProvider of this topology has no parameter {0}: no fail-over")
  void notConfiguredForHa(String role);
}
