/** Words of at most 7 letters each: with two dashes and up to four digits a name keeps to 20 characters. */
export const adjectives: readonly string[] = (
  'able agile alert amber ample apt arctic azure balmy bold brave breezy brief bright brisk calm candid careful ' +
  'chief civil clean clear clever cosmic cosy crisp curious daring dapper deep deft dewy eager early earnest easy ' +
  'epic even fair famous fast festive fine firm fleet fluent fond frank free fresh frosty gallant game gentle ' +
  'genial glad golden grand great green hardy hasty hearty honest humble ideal jaunty jolly joyful keen kind large ' +
  'lasting light likely lively lofty loyal lucid lucky lunar lush magic mellow merry mighty mild modest neat ' +
  'nimble noble novel opal open patient placid polite prime proud prompt pure quick quiet radiant rapid ready ' +
  'regal robust rosy royal rustic sage scenic serene sharp shiny silent silver simple sleek smart smooth snowy ' +
  'solar solid sound spry stable steady stellar still strong subtle sunny sure swift tender tidy true trusty ' +
  'upbeat valiant velvet verdant vivid warm wary wise witty young zesty'
).split(' ');

export const nouns: readonly string[] = (
  'acorn alder anchor antler apple arbor arrow aspen aurora badger bamboo barley basil bay beacon beaver beech ' +
  'birch bison blossom bobcat breeze brook camel canyon cedar cherry cicada cliff clover comet condor coral cove ' +
  'coyote crane creek cricket crocus curlew cypress dahlia daisy delta dolphin dove dune eagle egret elm ember ' +
  'falcon fern ferret finch fir fjord flint forest fox gannet garnet gazelle gecko geyser glacier grove gull ' +
  'harbor hare hazel heron hill holly ibex ibis iris island ivy jackal jasmine juniper kelp kestrel koala lagoon ' +
  'lake lark laurel lemur lichen lilac lily linden lion llama lotus lynx maple marlin marten meadow meteor mink ' +
  'moose moss myrtle nebula newt oak oasis ocelot olive onyx orchid oriole osprey otter owl panda pebble pelican ' +
  'penguin peony pine planet plum pond poplar poppy puffin puma quail quartz rabbit raven reed ridge river robin ' +
  'rowan saffron salmon seal sequoia shore sparrow spruce squid star stork stream summit swan tern thistle thrush ' +
  'tiger topaz toucan trout tulip tundra turtle valley violet walnut walrus willow wolf wren yew zebra zephyr'
).split(' ');
