// Put together for this program from what is widely known to be tried first: words, names, rows of
// the keyboard, in some languages.
#include "domain/people/common_passwords.h"

namespace tallyman::people {

std::string_view common_passwords() {
  return R"(
!qaz2wsx 00000000 000000000 0987654321 11111111 111111111 1111111111 11112222 11223344 1122334455
112233445566 12121212 12312312 123123123 123321 123321123 12341234 12344321 123454321 12345678
123456789 1234567890 1234567891 12345678910 123456789a 123456789q 12345678a 12345qwert 1234abcd
1234qwer 1234qwerasdf 123654789 123abc123 123asd123 123qwe123 123qweasd 123qweasdzxc 13131313
147258369 147852369 159357 159753 159951 1a2b3c4d 1a2s3d4f 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y
1qaz2wsx 1qaz2wsx3edc 1qazxsw2 21212121 22222222 2wsx3edc 3edc4rfv 55555555 66666666 741852963
77777777 789456123 87654321 88888888 963852741 987654321 9876543210 99999999 a1234567 a12345678
a123456789 a1b2c3d4 a1b2c3d4e5 aa123456 aa12345678 aaa111 aaaabbbb aabbccdd abc12345 abc123456
abcabcabc abcd1234 abcd1234efgh abcdef123 abcdefg abcdefgh abcdefghi abracadabra access access123
access14 acdc admin admin1 admin12 admin123 admin1234 admin12345 adminadmin administration
administrator africa airforce alexander alexandra alexandre alien aliens amanda america american
amor amoramor amorcito anaconda andrew andrew1 andrey android angel angela angelo angels animal
animals anniversary anthony apollo apple apple123 apples april aqswdefr aqwzsx aqwzsxedc aragorn
army arsenal arsenal1 asd12345 asd123456 asd123asd asdasd asdasdasd asdf1234 asdfasdf asdfgh
asdfghjk asdfghjkl asdfghjkl123 asdfgzxcvb asdfqwer ashley assassin astronaut athena audi august
austin australia autumn azerty azerty123 azertyui azertyuiop baby babyboy babydoll babygirl bailey
ballet bambi banana bananas barbara barcelona barcode baseball baseball1 basketball basketball1
batman bayern bear bears beast beatles beautiful beauty beer benfica berlin besiktas bestfriend
bestfriends beyonce bible biggie billion birthday biscuit black blackblack blahblah blaze blessed
blessing blink182 blizzard blue blue123 bluesky bobcat bohemian bonita bonjour boston boyfriend
brandon brasil brasil1 brazil britney broncos brother budweiser bulldog bulls bunny business
buster butterfly california callofduty camaro campeon camping canada canadian candy captain
captainamerica catwoman celtic celtics champion champions changeit changeme changeme1 changeme123
changemenow changethis charizard charles charlie charlie1 cheese cheetah chelsea chelsea1 cherry
chevrolet chevy chewbacca chicago chicken chiquita chocolate chouchou christ christ1 christian
christmas church cinderella cobra coffee college company computer computer1 confidential
contrasena contraseña cookie cookies cooper corazon corinthians corvette cosmos cougar
counterstrike cowboy cowboys cowgirl crystal cutie cutiepie daddy daisy dallas dance dancer
dancing daniel daniel1 danielle darling darthvader database david dearest debian december default
defaultpassword demo demo123 demodemo demon denver destiny destroyer deusefiel devil dfghjk diablo
diamond diamonds digimon dinosaur doctor doggie doggy dollar dollars dolphin dolphins donald
donaldduck doudou dragon dragon1 dragon123 dragonball dragonballz dragonfly dragons drdre driver
drummer ducati dumbledore dumbo eagle eagles easter elephant elizabeth elvis emerald emily eminem
emma employee england english estrella everton evil facebook faith falcon familia familia1 family
family1 fantasy father february fenerbahce ferrari fghjkl fire fireball firebird firefighter
firefly fireman fisherman fishing flamengo flames florida flower flowers football football1
forever forever1 fortnite fortune france freedom friday friend friends friendship frodo futbol
galatasaray galaxy gandalf garfield geheim geheim123 george george1 germany ghjkl ghost giants
ginger giraffe girlfriend gladiator gmail godisgood godislove goku gold golden goldfish golfer
golfing goodbye goodluck goofy google googlegoogle gorgeous grace green greenday gryffindor guest
guest123 guestguest guinness guitar guitarist hallo hallo123 hallohallo halloween hamburger
hamster handsome hannah happiness happy happybirthday happyday harley harleydavidson harrypotter
harvard haslo haslo123 hawk heather heaven hello hello1 hello123 hello1234 hellohello helloworld
helpdesk hercules hermione hermosa hero heroes hjkl hobbit hockey hockey1 hogwarts hola hola1234
holahola honda honey honeybee hope horse horses hotgirl hotmail hotstuff hottie houston hulk
hunter hunter1 hunting hurricane icecream iceman ichliebedich ilovegod iloveher ilovehim
ilovejesus iloveme ilovemom iloveu iloveyou iloveyou1 iloveyou2 iloveyoubaby iloveyouu india
indonesia inferno instagram inter internet inventory iphone ireland irish ironmaiden ironman
isabella istanbul italia italy jackson jackson5 jaguar james january jasmine jasper jeep jennifer
jessica jesus jesus1 jesuschrist jesuscristo jesussaves jetaime john johnny jonathan jordan
jordan1 jordan23 joseph joshua july june jupiter justice justin juventus kangaroo kasia kawasaki
killer killer1 killerbee king kingking kingkong kings kitten kitty knight knights koala kochamcie
lady ladybug lakers laugh lawyer leagueoflegends legend legends lemon leopard letmein letmein1
letmein123 letmein2 letmeinnow letmeinplease liberty lightning lily linkedin linkinpark linux lion
liverpool liverpool1 lkjhgfdsa login login123 loginlogin logistics logon loki london losenord
loulou lovelove lovely loveme lover loverboy lovergirl lovers loveyou lucifer lucky lucky1 lucky13
lucky7 lukeskywalker lösenord madonna madrid maggie magic magician mamamama manager manchester
manchesterunited mango manutd march maria mariana marina marina1 marine marines mario mariposa
married mars marseille martin martina master master1 master123 masterkey mastermind matrix matrix1
matthew matthew1 maxwell melissa mercedes mercury merlin metallic metallica mexico michael
michael1 michelle mickey mickeymouse microsoft milan million millionaire minecraft minnie mnbv
mnbvcxz molly mommy monday money money1 moneymoney monkey monkey1 monkey123 monkeys monster
monster1 mordor moscow moses motdepasse mother mother1 music musica mustang mustang1 mypass
mypassword mysql mystery nala naruto natalie natasha natasha1 navy neptune newpassword newyork
nicholas nicole nikita ninja ninjas nintendo nirvana nissan none nopass nopassword nothing
november nurse obiwan october odin office oldpassword olivia opensesame openup operator operator1
oracle orange orange1 orchid order66 orderbook orders oreo overwatch p@ssword packer packers
packing pakistan palmeiras panda panther papapapa paris parol parola parola123 parrot pass123
pass1234 pass12345 pass123456 passcode passme passpass passphrase passw0rd passwd password
password1 password12 password123 password1234 password12345 passwordpassword passwort passwort1
passwort123 patricia patrick patriots peace peaches peanut penguin pepper perkele peterpan phoenix
phoenix1 piano pikachu pilot pink pirate pirates pizza platinum playstation please pleasehelp
pluto pluto1 poiuytrewq pokemon police polska pony porsche poseidon postgres predator pretty
prettygirl prince princesa princesita princess princess1 princess2 private privet puma puppy
purple python q123456789 q1q1q1q1 q1w2e3r4 q1w2e3r4t5 q2w3e4r5 qazwsx qazwsxedc qazxswedc qq123456
queen queenbee qwe123qwe qweasd qweasdzxc qweqwe qweqweqwe qwer1234 qwerasdf qwerasdfzxcv qwert
qwert12345 qwertasdfg qwerty qwerty1 qwerty12 qwerty123 qwerty1234 qwerty321 qwertyqwerty qwertyui
qwertyuiop qwertyuiop123 qwertz qwertzui qwertzuiop rabbit raiders rainbow ranger ranger1 rangers
realmadrid redsox rewq rich richard rihanna robert robert1 roblox rock rocket rockets rocknroll
rockstar rocky rockyou rollingstones root rootroot rose ruby rugby russia sadie salasana sam123
samantha sammy samson samsung samsung1 samurai sandra santa santaclaus sapphire sasuke satan
saturday saturn scanner schatz schatzi school scooby scoobydoo scooter scorpion scotland scott
seattle secret secret1 secret123 secretpassword secure secured security senha senha123 senhasenha
september server service sesame sexy sexygirl sexylady shadow shadow1 shakira shannon shark
shipment shipping shipstation shopify sifre sifre123 silver silver1 simba simon simone singer
sister skate skateboard skater skywalker slipknot slytherin smile smiley smiling smokey snake
sniper snoopdogg snoopy snowball snowboard snowflake snowman snowwhite soccer soccer1 softball
soldier soleil sommer sonne sonnenschein sophia sophie space spaceman spanky sparky spartan
spartans spider spiderman spring staff stanford starcraft startrek starwars steelers stephanie
steven storm stormtrooper stormy strawberry student subaru success sugar summer summer2020 sunday
sunflower sunshine sunshine1 super superadmin superman supermario superuser support surfer surfing
suzuki sverige svetlana sweet sweetheart sweetie sweety swimming sysadmin system tallyho
tallytally taylor teacher teamo teamomucho temp temp123 temporary temppass temppassword tennis
tequiero tequila terminator test test1 test12 test123 test1234 test12345 test4echo tester testing
testing1 testing123 testtest texas thankyou thebeatles thehulk thepassword thomas thomas1 thor
thunder thunderbird thursday tiger tigger tinkerbell titan titans together toor topsecret tornado
tottenham toyota tracking treasure treewq trewq trinity trojan trojans truck trucker trustno1
trustnoone tucker tuesday tulip tupac tupac1 turtle twitter ubuntu uiop unicorn universe
university unknown user user1 user123 username valentine vampire vanessa venus veronica victoria
victory viking vikings violin viper vladimir vodka voldemort volkswagen volleyball wachtwoord
warcraft warehouse warrior warriors wasd1234 wasdwasd wedding wednesday welcome welcome1
welcome123 welcome2 welcomeback welcomehome welkom whale whatever whatever1 whatsapp whiskey white
wildcat wildcats william windows windows10 winner winners winter winter2020 wizard wolf wolverine
wolves wonderwoman worldofwarcraft wsxedc xbox yahoo yamaha yankees yellow yoda youtube yuiop
z1x2c3v4 zaq12wsx zaq1xsw2 zaq1zaq1 zaqwsx zebra zelda zeus zombie zombies zxcvb zxcvbn zxcvbnm
zxcvbnm1 zxcvbnm123 zxcvzxcv zxczxczxc zz123456
)";
}

}  // namespace tallyman::people
